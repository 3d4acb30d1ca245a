"""What a flow offers to those who call it: its inputs and its outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.outline import InputOutline, input_outlines
from gitops.language.position import Path
from gitops.lint.facts.fixed import fixed

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

ELSEWHERE = "REUSABLE_INPUTS"
"""The type of an input that stands for inputs that are written elsewhere."""
_FORM = "FORM"
_CHOICES = ("values", "options")

Bound = str | int | float | None


class InputFact(NamedTuple):
    """An input. `needed` says that no execution can do without a value for it.

    `choices` are the only texts that it takes, when those are fixed; `item` is the type of a list's items. `low` and
    `high` are its bounds as they are written, and `pattern` is what its text must match.
    """

    id: str
    type: str | None
    needed: bool
    path: Path
    choices: tuple[str, ...] | None = None
    item: str | None = None
    low: Bound = None
    high: Bound = None
    pattern: str | None = None


class OutputFact(NamedTuple):
    """An output of a flow."""

    id: str
    type: str | None
    path: Path


@lru_cache(maxsize=1)
def known_inputs(subject: Subject) -> tuple[InputFact, ...]:
    """The inputs that have an id, found out once for the facts and the rules of a flow."""
    return tuple(inputs(subject))


def inputs(subject: Subject) -> Iterator[InputFact]:
    """The inputs that have an id; of a form its children, under both ids."""
    for item in subject.outline.inputs:
        data = subject.at(item.path)
        if item.id is None or not isinstance(data, dict):
            continue
        children = input_outlines(data, "inputs", item.path) if item.type == _FORM else ()
        for child in children:
            of_child = subject.at(child.path)
            if child.id is not None and isinstance(of_child, dict):
                yield _input(f"{item.id}.{child.id}", child, of_child)
        if not children:
            yield _input(item.id, item, data)


def outputs(subject: Subject) -> Iterator[OutputFact]:
    """The outputs that have an id."""
    for item in subject.outline.outputs:
        if item.id is not None:
            yield OutputFact(item.id, item.type, item.path)


def _input(name: str, item: InputOutline, data: Mapping[str, object]) -> InputFact:
    given = any(data.get(other) is not None for other in ("defaults", "prefill")) or data.get("autoSelectFirst") is True
    required = data.get("required", True) is not False
    return InputFact(
        name,
        item.type,
        required and not given and data.get("dependsOn") is None and item.type != ELSEWHERE,
        item.path,
        _choices(data) if required else None,
        fixed(data.get("itemType")),
        _bound(data, "min", "after"),
        _bound(data, "max", "before"),
        fixed(data.get("validator")),
    )


def _choices(data: Mapping[str, object]) -> tuple[str, ...] | None:
    """The texts to choose from; None when others may be given too."""
    listed = next((data[name] for name in _CHOICES if isinstance(data.get(name), list)), None)
    if not isinstance(listed, list) or data.get("expression") is not None or data.get("allowCustomValue") is True:
        return None
    known = [fixed(item) for item in listed]
    return tuple(item for item in known if item is not None) if None not in known else None


def _bound(data: Mapping[str, object], *names: str) -> Bound:
    """The first of these properties, when it is plain."""
    found = next((data[name] for name in names if data.get(name) is not None), None)
    if isinstance(found, bool):
        return None
    return found if isinstance(found, int | float) else fixed(found)
