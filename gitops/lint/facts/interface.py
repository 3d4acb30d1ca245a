"""What a flow offers to those who call it: its inputs and its outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path

if TYPE_CHECKING:
    from gitops.lint.subject import Subject


class InputFact(NamedTuple):
    """An input. `needed` says that no execution can do without a value for it."""

    id: str
    type: str | None
    needed: bool
    path: Path


class OutputFact(NamedTuple):
    """An output of a flow."""

    id: str
    type: str | None
    path: Path


def inputs(subject: Subject) -> Iterator[InputFact]:
    """The inputs that have an id."""
    for item in subject.outline.inputs:
        data = subject.at(item.path)
        if item.id is not None and isinstance(data, dict):
            given = data.get("defaults") is not None or data.get("prefill") is not None
            needed = data.get("required", True) is not False and not given and data.get("dependsOn") is None
            yield InputFact(item.id, item.type, needed, item.path)


def outputs(subject: Subject) -> Iterator[OutputFact]:
    """The outputs that have an id."""
    for item in subject.outline.outputs:
        if item.id is not None:
            yield OutputFact(item.id, item.type, item.path)
