"""The names of a flow: where each is given to something, and where it is used, in YAML and in expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from gitops.language.expression.tree import Span as Stretch
from gitops.language.position import Path
from gitops.lint.dependencies import groups
from gitops.lint.expressions.references import Reference, read
from gitops.lint.expressions.uses import Use
from gitops.lint.facts.calls import CALLING
from gitops.lint.lookup import value_at
from gitops.lint.members import tasks
from gitops.lint.subject import Subject
from gitops.lsp.flow_names import flow_names, named

FlowKey = tuple[str, str]

_CORE = "io.kestra.plugin.core.execution."
_SETS, _UNSETS = f"{_CORE}SetVariables", f"{_CORE}UnsetVariables"
_OUTPUTS = "outputs"


class Kind(Enum):
    """What a name is given to."""

    TASK = "task"
    INPUT = "input"
    VARIABLE = "variable"
    TRIGGER = "trigger"
    OUTPUT = "output"
    FLOW = "flow"


class Symbol(NamedTuple):
    """A name, and the flow that it belongs to; None for a flow without a name of its own."""

    kind: Kind
    name: str
    flow: FlowKey | None


class Occurrence(NamedTuple):
    """A place of a name: the value at a path, its key, or steps of a path in an expression of that text.

    `gives` says that the name is given here and not used.
    """

    symbol: Symbol
    path: Path
    key: bool = False
    steps: tuple[Stretch, ...] = ()
    gives: bool = False

    @property
    def within(self) -> Stretch | None:
        """The stretch of the text; None for all of it."""
        return Stretch(self.steps[0].start, self.steps[-1].end) if self.steps else None


def occurrences(subject: Subject) -> Iterator[Occurrence]:
    """Every place of every name in a flow."""
    yield from _given(subject)
    yield from _depended_on(subject)
    yield from _other_flows(subject)
    yield from _assigned(subject)
    known = Known(subject)
    for use in subject.uses:
        for reference in read(use.text).references:
            yield from known.occurrences(use, reference)


def at(subject: Subject, offset: int) -> Occurrence | None:
    """The name at an offset; None when there is none."""
    spot = subject.document.spot(offset)
    if spot.within is None:
        return None
    here = [each for each in occurrences(subject) if each.path == spot.path and each.key == spot.key]
    return next((each for each in here if _covers(each.within, spot.within)), None)


def _covers(within: Stretch | None, offset: int) -> bool:
    return within is None or within.start <= offset <= within.end


def _given(subject: Subject) -> Iterator[Occurrence]:
    """The names that the flow gives."""
    outline, own = subject.outline, subject.flow
    if own is not None:
        yield Occurrence(Symbol(Kind.FLOW, own[1], own), ("id",), gives=True)
    kinds = ((Kind.TASK, outline.tasks), (Kind.TRIGGER, outline.triggers), (Kind.OUTPUT, outline.outputs))
    for kind, parts in kinds:
        for part in parts:
            if part.id is not None:
                yield Occurrence(Symbol(kind, part.id, own), (*part.path, "id"), gives=True)
    for item in outline.inputs:
        if item.id is not None:
            yield Occurrence(Symbol(Kind.INPUT, item.id, own), (*item.path, _id_key(subject, item.path)), gives=True)
    for name in _keys(subject, ("variables",)):
        yield Occurrence(Symbol(Kind.VARIABLE, name, own), ("variables", name), key=True, gives=True)


def _id_key(subject: Subject, path: Path) -> str:
    """The property that holds the id of an input: `id`, or by its old name `name`."""
    return "id" if "id" in _keys(subject, path) else "name"


def _depended_on(subject: Subject) -> Iterator[Occurrence]:
    """What `dependsOn` names."""
    for group in groups(subject):
        kind = Kind.TASK if group.what == "task" else Kind.INPUT
        for member in group.members:
            for path, name in member.needs:
                yield Occurrence(Symbol(kind, name, subject.flow), path)


def _other_flows(subject: Subject) -> Iterator[Occurrence]:
    """The flows that this one calls or waits for, and the inputs that it gives them."""
    for name in flow_names(subject):
        yield Occurrence(Symbol(Kind.FLOW, name.flow[1], name.flow), name.path)
    for task in tasks(subject, *CALLING):
        called = named(subject, task.path, task.data)
        for key in _keys(subject, (*task.path, "inputs")) if called else ():
            yield Occurrence(
                Symbol(Kind.INPUT, key, called.flow if called else None), (*task.path, "inputs", key), key=True
            )
    for trigger in subject.outline.triggers:
        for key in _keys(subject, (*trigger.path, "inputs")):
            yield Occurrence(Symbol(Kind.INPUT, key, subject.flow), (*trigger.path, "inputs", key), key=True)


def _assigned(subject: Subject) -> Iterator[Occurrence]:
    """The variables that tasks set or remove."""
    for task in tasks(subject, _SETS):
        for key in _keys(subject, (*task.path, "variables")):
            yield Occurrence(Symbol(Kind.VARIABLE, key, subject.flow), (*task.path, "variables", key), key=True)
    for task in tasks(subject, _UNSETS):
        removed = value_at(subject.document.data, (*task.path, "variables"))
        for index, name in enumerate(removed if isinstance(removed, list) else ()):
            if isinstance(name, str):
                symbol = Symbol(Kind.VARIABLE, name, subject.flow)
                yield Occurrence(symbol, (*task.path, "variables", index))


def _keys(subject: Subject, path: Path) -> Iterable[str]:
    """The keys of the mapping at a path, as they are written; none when there is no mapping."""
    value = value_at(subject.document.data, path)
    return value if isinstance(value, dict) else ()


class Known:
    """What the references of a flow may name."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._inputs = {each.id for each in subject.outline.inputs if each.id is not None}
        self._called = {
            task.data["id"]: called.flow
            for task in tasks(subject, *CALLING)
            if isinstance(task.data.get("id"), str) and (called := named(subject, task.path, task.data)) is not None
        }

    def occurrences(self, use: Use, reference: Reference) -> Iterator[Occurrence]:
        """The names in a reference."""
        steps, own = reference.steps, self._subject.flow
        if reference.local or len(steps) < 2 or not isinstance(steps[1], str):
            return
        if steps[0] in (_OUTPUTS, "tasks"):
            yield _occurrence(Symbol(Kind.TASK, steps[1], own), use, reference, 1, 2)
            called = self._called.get(steps[1])
            if called is not None and steps[2:3] == (_OUTPUTS,) and len(steps) > 3 and isinstance(steps[3], str):
                yield _occurrence(Symbol(Kind.OUTPUT, steps[3], called), use, reference, 3, 4)
        elif steps[0] == "vars":
            yield _occurrence(Symbol(Kind.VARIABLE, steps[1], own), use, reference, 1, 2)
        elif steps[0] == "inputs":
            end = self._end_of_input(steps)
            name = ".".join(str(step) for step in steps[1:end])
            yield _occurrence(Symbol(Kind.INPUT, name, own), use, reference, 1, end)

    def _end_of_input(self, steps: tuple[str | int | None, ...]) -> int:
        """How many steps belong to the id of the input: a dot in an id makes a nested value."""
        for end in range(len(steps), 2, -1):
            if ".".join(map(str, steps[1:end])) in self._inputs:
                return end
        return 2


def _occurrence(symbol: Symbol, use: Use, reference: Reference, first: int, end: int) -> Occurrence:
    return Occurrence(symbol, use.path, use.key, reference.step_spans[first:end])
