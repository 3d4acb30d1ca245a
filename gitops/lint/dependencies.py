"""What depends on what in a flow: the tasks of a Dag, and inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from gitops.language.outline import InputOutline, input_outlines, items
from gitops.language.position import Path
from gitops.lint.members import tasks
from gitops.lint.subject import Subject

_WITH_INPUTS = (("io.kestra.plugin.core.flow.Pause", "onResume"), ("io.kestra.plugin.core.flow.Approval", "inputs"))
_FORM, _ELSEWHERE = "FORM", "REUSABLE_INPUTS"


class Dependent(NamedTuple):
    """Something with an id, at its path, and the ids that it depends on, each with its path."""

    path: Path
    id: str
    needs: tuple[tuple[Path, str], ...]

    @property
    def needs_path(self) -> Path:
        """The path of the list of what it depends on; of itself when it depends on nothing."""
        return self.needs[0][0][:-1] if self.needs else self.path


class Group(NamedTuple):
    """Things that may depend on each other. `open` says that others may be there that cannot be seen here."""

    what: str
    where: str
    members: tuple[Dependent, ...]
    open: bool = False

    @property
    def ids(self) -> dict[str, None]:
        """The ids of the members, in order."""
        return dict.fromkeys(member.id for member in self.members)


def groups(subject: Subject) -> Iterator[Group]:
    """Every group of a flow."""
    yield _input_group(subject, subject.outline.inputs, "this flow")
    for kind, name in _WITH_INPUTS:
        for task in tasks(subject, kind):
            yield _input_group(subject, input_outlines(task.data, name, task.path), "this task")
    for dag in tasks(subject, "io.kestra.plugin.core.flow.Dag"):
        members = (_of_dag(path, item) for path, item in items(dag.data, "tasks", dag.path))
        yield Group("task", "this Dag", tuple(member for member in members if member))


def circles(members: Iterable[Dependent]) -> Iterator[list[Dependent]]:
    """The circles, each with its members in order: everyone depends on the next, the last one on the first."""
    left = {member.id: member for member in members}
    while found := _circle({name: [need for _, need in member.needs if need in left] for name, member in left.items()}):
        first = next(index for name in left for index, other in enumerate(found) if other == name)
        yield [left[name] for name in found[first:] + found[:first]]
        left = {name: member for name, member in left.items() if name not in found}


def _circle(graph: Mapping[str, Sequence[str]]) -> list[str]:
    """The names on one circle, each needing the next; empty when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(name) for name in reversed(error.args[1][1:])]
    return []


def _input_group(subject: Subject, inputs: Sequence[InputOutline], where: str) -> Group:
    members = [member for item in inputs for member in _of_input(subject, item)]
    return Group("input", where, tuple(members), open=any(item.type == _ELSEWHERE for item in inputs))


def _of_input(subject: Subject, item: InputOutline) -> Iterator[Dependent]:
    """An input; of a form also its inputs, under the form's id."""
    data = subject.at(item.path)
    if item.id is None or not isinstance(data, dict):
        return
    depends = data.get("dependsOn")
    needs = depends.get("inputs") if isinstance(depends, dict) else None
    yield Dependent(item.path, item.id, _texts(needs, (*item.path, "dependsOn", "inputs")))
    for child in input_outlines(data, "inputs", item.path) if item.type == _FORM else ():
        if child.id is not None:
            yield Dependent(child.path, f"{item.id}.{child.id}", ())


def _of_dag(path: Path, item: dict[str, object]) -> Dependent | None:
    task = item.get("task")
    name = task.get("id") if isinstance(task, dict) else None
    return Dependent(path, name, _texts(item.get("dependsOn"), (*path, "dependsOn"))) if isinstance(name, str) else None


def _texts(value: object, path: Path) -> tuple[tuple[Path, str], ...]:
    """The texts of a list, each with its path."""
    entries = enumerate(value) if isinstance(value, list) else ()
    return tuple(((*path, index), entry) for index, entry in entries if isinstance(entry, str))
