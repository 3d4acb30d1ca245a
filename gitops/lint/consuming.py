"""Which outputs of flows others read, and whether they are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gitops.lint.facts.calls import NEVER, Call
from gitops.lint.facts.interface import OutputFact
from gitops.lint.facts.output_uses import OutputUse
from gitops.lint.input_values import LISTS
from gitops.lint.repository import FlowFile, Repository

_FILE = "FILE"
_UNCERTAIN = ("JSON", "YAML", "FORM")


class Reader(NamedTuple):
    """A place where an output of a called flow is read."""

    file: FlowFile
    use: OutputUse
    call: Call
    called: FlowFile


def readers(repository: Repository) -> Iterator[Reader]:
    """Every such place, where it is known which flow is called and what it hands out."""
    for file in repository.files:
        calls = {call.task: call for call in file.facts.calls} if file.facts.output_uses else {}
        for use in file.facts.output_uses if not file.facts.disabled else ():
            call = calls[use.call]
            called = repository.flows.get(call.flow_key) if call.flow_key is not None else None
            if called is not None and call.waits and not call.pinned and call.runs != NEVER:
                yield Reader(file, use, call, called)


def is_there(reader: Reader) -> bool:
    """Whether the called flow, or the call itself, makes the output."""
    outputs, own = reader.called.facts.outputs, reader.call.outputs
    return find(outputs, reader.use.name) is not None or (not outputs and (own is None or reader.use.name in own))


def broken_by_change(repository: Repository, reader: Reader) -> str | None:
    """What has happened to an output that was there and was read already, in words."""
    former = repository.was(reader.call.flow_key)
    before = find(former.facts.outputs, reader.use.name) if former is not None else None
    if before is None or not _was_read(repository, reader):
        return None
    now = find(reader.called.facts.outputs, reader.use.name)
    if now is None:
        return None if is_there(reader) else "is gone"
    return f"has the type `{now.type}` now, and had `{before.type}`" if _differs(before.type, now.type) else None


def find(outputs: Iterable[OutputFact], name: str) -> OutputFact | None:
    """The output of this id."""
    return next((each for each in outputs if each.id == name), None)


def _was_read(repository: Repository, reader: Reader) -> bool:
    key = reader.file.facts.key
    former = repository.was(key)
    return former is not None and any(
        (use.call, use.name) == (reader.use.call, reader.use.name) for use in former.facts.output_uses
    )


def _differs(before: str | None, now: str | None) -> bool:
    """Whether those who read one type cannot read the other: a value, a list and the address of a file."""
    if before is None or now is None or before in _UNCERTAIN or now in _UNCERTAIN:
        return False
    return (before in LISTS, before == _FILE) != (now in LISTS, now == _FILE)
