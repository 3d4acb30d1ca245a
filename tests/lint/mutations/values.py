"""Values that their property does not take."""

from __future__ import annotations

import re

from tests.lint.mutations.mutation import Original, Spoilt, way


def _task_with(flow: Original, name: str) -> tuple[str | int, ...] | None:
    return next((path for path in flow.properties() if path[-1] == name), None)


@way
def misspelt_type(flow: Original) -> Spoilt | None:
    """The last part of a type lacks a letter."""
    task = flow.task
    return task and flow.change(flow.line((*task.path, "type")), r"(type: .*)\w(\s*)$", r"\1\2")


@way
def misspelt_package(flow: Original) -> Spoilt | None:
    """`io.kestra.plugn`."""
    task = flow.task
    return task and flow.change(flow.line((*task.path, "type")), "plugin", "plugn")


@way
def misspelt_type_of_a_trigger(flow: Original) -> Spoilt | None:
    """The type of a trigger has a letter twice."""
    if not flow.outline.triggers:
        return None
    return flow.change(flow.line((*flow.outline.triggers[0].path, "type")), r"(\w)(\s*)$", r"\1\1\2")


@way
def misspelt_type_of_an_input(flow: Original) -> Spoilt | None:
    """`STRNG`."""
    item = flow.input
    if item is None or item.type is None:
        return None
    return flow.change(flow.line((*item.path, "type")), rf"type: {item.type}\b", f"type: {item.type[:-1]}")


@way
def number_for_true(flow: Original) -> Spoilt | None:
    """`disabled: 3`."""
    task = flow.task
    return task and _added(flow, task.path, "disabled: 3")


@way
def mapping_for_a_text(flow: Original) -> Spoilt | None:
    """`description: {a: b}`."""
    return flow.insert(flow.line(("tasks",)), "description: {a: b}\n")


@way
def text_for_a_list(flow: Original) -> Spoilt | None:
    """`inputs: day`."""
    return None if flow.outline.inputs else flow.insert(flow.line(("tasks",)), "inputs: day\n")


@way
def duration_in_words(flow: Original) -> Spoilt | None:
    """`timeout: 5 minutes`."""
    task = flow.task
    if task is None or "timeout" in str(flow.at(task.path)) or not _runs(task.type or ""):
        return None
    return _added(flow, task.path, "timeout: 5 minutes")


@way
def level_that_is_none(flow: Original) -> Spoilt | None:
    """`logLevel: LOUD`."""
    task = flow.task
    if task is None or "logLevel" in str(flow.at(task.path)):
        return None
    return _added(flow, task.path, "logLevel: LOUD")


@way
def cron_of_another_century(flow: Original) -> Spoilt | None:
    """The hour of a schedule is 25."""
    found = flow.first(r"cron: [\"']?\S+ \S+ \S+ \S+ \S+")
    return found and flow.change(found[0], r"(cron: [\"']?\S+) \S+", r"\1 25")


@way
def cron_with_a_field_too_few(flow: Original) -> Spoilt | None:
    """The last field of a schedule is missing."""
    found = flow.first(r"cron: [\"']?\S+ \S+ \S+ \S+ \S+[\"']?\s*$")
    return found and flow.change(found[0], r" [^\s\"']+([\"']?\s*)$", r"\1")


@way
def default_of_another_type(flow: Original) -> Spoilt | None:
    """An INT has the default `abc`."""
    line = flow.line(("tasks",))
    if flow.outline.inputs:
        return None
    made = flow.insert(line, "inputs:\n  - id: rows\n    type: INT\n    defaults: abc\n")
    return Spoilt(made.source, frozenset({line + 3}))


@way
def id_with_a_blank(flow: Original) -> Spoilt | None:
    """`id: my task`."""
    task = flow.task
    return task and flow.change(
        flow.line((*task.path, "id")), r"id: (.*\w)(\s*)$", r"id: \1 two\2", *_uses(flow, task.id)
    )


@way
def id_given_twice(flow: Original) -> Spoilt | None:
    """A second task has the id of the first."""
    if len(flow.outline.tasks) < 2:
        return None
    first, second = flow.outline.tasks[:2]
    lines = (flow.line((*first.path, "id")), *_uses(flow, second.id))
    return flow.change(flow.line((*second.path, "id")), r"id: .*", f"id: {first.id}", *lines)


@way
def no_tasks(flow: Original) -> Spoilt | None:
    """`tasks: []`."""
    line = flow.line(("tasks",))
    rest = [number for number, _ in flow.find(r"^[a-zA-Z]") if number > line]
    return flow.without(line + 1, rest[0] - 1 if rest else len(flow.lines)).__class__(
        "".join([*flow.lines[: line - 1], "tasks: []\n", *flow.lines[rest[0] - 1 if rest else len(flow.lines) :]]),
        frozenset({line}),
    )


def _added(flow: Original, path: tuple[str | int, ...], text: str) -> Spoilt | None:
    """The flow with one more property of a task, behind its type."""
    line = flow.one_line((*path, "type"))
    indent = re.match(r"[\s-]*", flow.lines[line - 1]) if line else None
    if line is None or indent is None:
        return None
    return flow.insert(line + 1, f"{' ' * len(indent[0])}{text}\n")


def _runs(kind: str) -> bool:
    return ".core.flow." not in kind


def _uses(flow: Original, name: str | None) -> list[int]:
    return [number for number, _ in flow.find(rf"\b{re.escape(name or '')}\b")]
