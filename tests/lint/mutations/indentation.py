"""Blanks, dashes and colons in the wrong place."""

from __future__ import annotations

from tests.lint.mutations.mutation import Original, Spoilt, way


@way
def line_too_far_right(flow: Original) -> Spoilt | None:
    """A property of a task is indented by one blank more."""
    path = next(flow.properties(), None)
    if path is None or "- " in flow.lines[flow.line(path) - 1]:
        return None
    line = flow.line(path)
    return flow.replace(line, f" {flow.lines[line - 1]}", line - 1, line + 1)


@way
def line_too_far_left(flow: Original) -> Spoilt | None:
    """A property of a task is indented by one blank less."""
    path = next(flow.properties(), None)
    if path is None or not flow.lines[flow.line(path) - 1].startswith("   "):
        return None
    line = flow.line(path)
    return flow.replace(line, flow.lines[line - 1][1:], line - 1, line + 1)


@way
def tab_for_blanks(flow: Original) -> Spoilt | None:
    """A line is indented with a tab."""
    path = next(flow.properties(), None)
    if path is None or "- " in flow.lines[flow.line(path) - 1]:
        return None
    line = flow.line(path)
    return flow.replace(line, "\t" + flow.lines[line - 1].lstrip(), line - 1)


@way
def dash_forgotten(flow: Original) -> Spoilt | None:
    """The dash of the first task is missing."""
    task = flow.task
    if task is None:
        return None
    line = flow.line((*task.path, "id"))
    following = next((number for number, _ in flow.find(r"^\s*- ") if number > line), line)
    return flow.change(line, r"- id:", "  id:", line - 1, line + 1, following)


@way
def colon_forgotten(flow: Original) -> Spoilt | None:
    """The colon after a key is missing."""
    path = next(flow.properties(), None)
    if path is None:
        return None
    return flow.change(flow.line(path), rf"\b{path[-1]}: ", f"{path[-1]} ", flow.line(path) - 1, flow.line(path) + 1)


@way
def blank_after_the_colon_forgotten(flow: Original) -> Spoilt | None:
    """`message:hello`."""
    path = next(flow.properties(), None)
    if path is None:
        return None
    return flow.change(flow.line(path), rf"\b{path[-1]}: ", f"{path[-1]}:", flow.line(path) - 1, flow.line(path) + 1)


@way
def list_not_closed(flow: Original) -> Spoilt | None:
    """A list in brackets lacks the last one."""
    found = flow.first(r": \[[^\[\]{}]*\]$")
    return found and flow.change(found[0], r"\]$", "", *range(found[0], len(flow.lines) + 2))


@way
def task_outside_of_the_list(flow: Original) -> Spoilt | None:
    """A second task is indented one level too far, as a part of the first."""
    if len(flow.outline.tasks) < 2 or flow.outline.tasks[1].path[:-1] != ("tasks",):
        return None
    line = flow.line(flow.outline.tasks[1].path, key=False)
    text = flow.lines[line - 1]
    return flow.replace(line, f"  {text}", line - 1, line + 1) if text.lstrip().startswith("- ") else None


@way
def tasks_as_a_mapping(flow: Original) -> Spoilt | None:
    """`tasks` holds a mapping and not a list."""
    line = flow.line(("tasks",))
    task = flow.line(("tasks", 0), key=False)
    if task != line + 1 or "- " not in flow.lines[task - 1] or len(flow.at(("tasks",))) != 1:  # type: ignore[arg-type]  # a list
        return None
    return flow.change(task, r"- ", "  ", line)
