"""What is kept between runs: the same facts, by the ids of contents, for the same options and the same code."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from gitops.lint import cache as module
from gitops.lint import kept
from gitops.lint.analysis import Analysis
from gitops.lint.cache import Cache, cache_path
from gitops.lint.facts.facts import Facts
from gitops.lint.finding import Severity
from gitops.lint.rule_entry import Profile
from gitops.lint.schema.kinds import Schema
from gitops.lint.source import Options

SOURCE = b"""\
id: hello
namespace: company.team
inputs:
  - {id: day, type: DATE, defaults: {}}
  - {id: share, type: FLOAT, min: 1.50, max: 0x1F}
tasks:
  - {id: call, type: io.kestra.plugin.core.flow.Subflow, namespace: company.team, flowId: other, mesage: x}
"""


@pytest.fixture
def facts(schema: Schema) -> Facts:
    """Facts with inputs, a call and findings."""
    found = Analysis(schema, Options(), many=1).facts(SOURCE)
    assert found.inputs
    assert found.calls
    assert found.findings
    return found


def test_facts_come_back_as_they_were(tmp_path: Path, facts: Facts) -> None:
    path = str(tmp_path / "facts.marshal")
    first = Cache(path)
    assert first.get("a1") is None
    first.put("a1", facts)
    first.save()
    found = Cache(path).get("a1")
    assert found == facts
    assert found is not None
    assert [type(finding.severity) for finding in found.findings] == [Severity] * len(facts.findings)
    assert [type(each) for each in found.inputs] == [type(each) for each in facts.inputs]


def test_what_two_runs_learn_at_a_time_is_kept_of_both(tmp_path: Path, facts: Facts) -> None:
    path = str(tmp_path / "facts.marshal")
    first, second = Cache(path), Cache(path)
    first.put("a1", facts)
    second.put("b2", facts)
    first.save()
    second.save()
    third = Cache(path)
    assert ("a1" in third, "b2" in third) == (True, True)


def test_nothing_is_written_when_nothing_was_learnt(tmp_path: Path, facts: Facts) -> None:
    path = tmp_path / "facts.marshal"
    first = Cache(str(path))
    first.put("a1", facts)
    first.save()
    written = path.stat().st_mtime_ns
    second = Cache(str(path))
    assert "a1" in second
    second.get("a1")
    second.save()
    assert path.stat().st_mtime_ns == written


@pytest.mark.parametrize("content", [b"", b"no marshal", marshal.dumps([1, 2]), marshal.dumps({"a": 1})[:-3]])
def test_a_cache_that_cannot_be_read_is_empty(tmp_path: Path, content: bytes, facts: Facts) -> None:
    path = tmp_path / "facts.marshal"
    path.write_bytes(content)
    cache = Cache(str(path))
    assert "a1" not in cache
    cache.put("a1", facts)
    cache.save()
    assert Cache(str(path)).get("a1") == facts


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(str(tmp_path / "file" / "facts.marshal"))
    cache.put("a1", facts)
    cache.save()
    assert cache.get("a1") == facts


def test_a_cache_that_has_grown_too_large_keeps_what_was_used(
    tmp_path: Path, facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "facts.marshal")
    first = Cache(path)
    first.put("a1", facts)
    first.put("b2", facts)
    first.save()
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    second = Cache(path)
    second.get("b2")
    second.put("c3", facts)
    second.save()
    third = Cache(path)
    assert ("a1" in third, "b2" in third, "c3" in third) == (False, True, True)


@pytest.mark.parametrize(
    "other",
    [
        Options(dialect="v2"),
        Options(lenient=True),
        Options(profile=Profile.STRICT),
        Options(severities={"duplicate-task-id": None}),
        Options(settings={"duplicate-task-id": {"option": 1}}),
        Options(defaults=({"type": "a.B", "values": {"c": 1}},)),
    ],
)
def test_other_options_have_another_place(other: Options) -> None:
    assert cache_path(other) != cache_path(Options())


def test_what_only_rules_about_several_files_read_has_the_same_place() -> None:
    other = Options(root="flows", complete=True, compared=True, paths=frozenset({"a.yml"}))
    assert cache_path(other) == cache_path(Options())


def test_other_code_has_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lint").mkdir()
    (tmp_path / "lint" / "rule.py").write_text("a = 1\n")
    monkeypatch.setattr(module, "_PACKAGE", str(tmp_path))
    before = cache_path(Options())
    (tmp_path / "lint" / "rule.py").write_text("a = 12\n")
    assert cache_path(Options()) != before


def test_only_the_newest_files_of_a_folder_are_kept(tmp_path: Path) -> None:
    for number in range(12):
        kept.write(str(tmp_path / f"{number:02}.marshal"), marshal.dumps(number))
    assert len(list(tmp_path.iterdir())) == 8
    assert kept.read(str(tmp_path / "11.marshal")) == 11
