"""How the facts of many contents come together: known, new, or found out by several processes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gitops.lint import gathering as module
from gitops.lint.analysis import Analysis
from gitops.lint.facts.facts import Facts
from gitops.lint.gathering import Gathering, Nothing
from gitops.lint.schema.kinds import Schema
from gitops.lint.source import Blob, Options, blob_id


class Memory:
    """Knows what it was told."""

    def __init__(self) -> None:
        self.facts: dict[str, Facts] = {}

    def get(self, blob: str) -> Facts | None:
        return self.facts.get(blob)

    def put(self, blob: str, facts: Facts) -> None:
        self.facts[blob] = facts

    def __contains__(self, blob: str) -> bool:
        return blob in self.facts


def flow(name: str) -> bytes:
    return f"id: {name}\nnamespace: company.team\ntasks: []\n".encode()


def stored(source: bytes, read: Callable[[], bytes] | None = None) -> Blob:
    return Blob(blob_id(source), read or (lambda: source))


def never() -> bytes:
    raise AssertionError("it was read")


def test_a_content_that_is_known_is_not_read(schema: Schema) -> None:
    memory = Memory()
    first = Gathering(schema, Options(), known=memory, jobs=1)
    first.prepare([stored(flow("one"))])
    facts = first.facts(stored(flow("one")))
    second = Gathering(schema, Options(), known=memory, jobs=1)
    second.prepare([stored(flow("one"), never)])
    assert second.facts(stored(flow("one"), never)) == facts


def test_the_same_content_is_read_once(schema: Schema) -> None:
    read: list[str] = []

    def source() -> bytes:
        read.append("once")
        return flow("one")

    gathering = Gathering(schema, Options(), known=Nothing(), jobs=1)
    assert gathering.facts(stored(flow("one"), source)) is gathering.facts(stored(flow("one"), source))
    assert read == ["once"]


def test_what_a_filter_of_git_makes_of_a_content_is_kept_by_its_own_id(schema: Schema) -> None:
    memory = Memory()
    gathering = Gathering(schema, Options(), known=memory, jobs=1)
    assert gathering.facts(stored(flow("one"), lambda: flow("two"))).id == "two"
    assert set(memory.facts) == {blob_id(flow("two"))}


def test_several_processes_find_the_same_facts(schema: Schema, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "WORTH_PROCESSES", 10)
    sources = [flow(f"flow-{number}") for number in range(20)]
    analysis = Analysis(schema, Options(), many=20)
    memory = Memory()
    gathering = Gathering(schema, Options(), known=memory, jobs=2)
    gathering.prepare([*sources[:10], *map(stored, sources[10:])])
    assert len(memory.facts) == 20
    assert [gathering.facts(source) for source in sources] == [analysis.facts(source) for source in sources]
