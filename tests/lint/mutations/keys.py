"""Keys that are misspelt, lost or said twice."""

from __future__ import annotations

from tests.lint.mutations.mutation import Original, Spoilt, way


@way
def misspelt_property_of_the_flow(flow: Original) -> Spoilt | None:
    """`namespace` as `namepsace`."""
    line = flow.line(("namespace",))
    return flow.change(line, "namespace", "namepsace", 1)


@way
def misspelt_tasks(flow: Original) -> Spoilt | None:
    """`tasks` as `taks`."""
    return flow.change(flow.line(("tasks",)), r"^tasks:", "taks:", 1)


@way
def misspelt_property_of_a_task(flow: Original) -> Spoilt | None:
    """`message` as `messag`."""
    path = next(flow.properties(), None)
    if path is None:
        return None
    name = str(path[-1])
    return flow.change(flow.line(path), rf"\b{name}:", f"{name[:-1]}{'x' if name[-1] != 'x' else 'y'}:")


@way
def misspelt_key_of_the_id(flow: Original) -> Spoilt | None:
    """`id` as `ids`, in a task."""
    task = flow.task
    return task and flow.change(flow.line((*task.path, "id")), r"\bid:", "ids:", flow.line(task.path, key=False))


@way
def missing_id_of_a_task(flow: Original) -> Spoilt | None:
    """The line with the `id` of a task is deleted, and the dash stays."""
    task = flow.task
    return task and flow.change(flow.line((*task.path, "id")), r"- id: .*\n", "-\n", flow.line((*task.path, "id")) + 1)


@way
def missing_type_of_a_task(flow: Original) -> Spoilt | None:
    """The line with the `type` of a task is deleted."""
    task = flow.task
    line = task and flow.one_line((*task.path, "type"))
    if task is None or line is None or "- type" in flow.lines[line - 1]:
        return None
    return flow.without(line, line, flow.line(task.path, key=False))


@way
def missing_id_of_the_flow(flow: Original) -> Spoilt | None:
    """The line with the `id` of the flow is deleted."""
    line = flow.line(("id",))
    return flow.without(line, line, *range(1, line + 3))


@way
def missing_namespace(flow: Original) -> Spoilt | None:
    """The line with the namespace is deleted."""
    line = flow.line(("namespace",))
    return flow.without(line, line, *range(1, line + 3))


@way
def key_said_twice(flow: Original) -> Spoilt | None:
    """A line of a task is pasted twice."""
    path = next(flow.properties(), None)
    if path is None:
        return None
    line = flow.line(path)
    return None if "- " in flow.lines[line - 1] else flow.insert(line, flow.lines[line - 1], line + 1)


@way
def required_property_deleted(flow: Original) -> Spoilt | None:
    """The one line that a type cannot do without is deleted."""
    required = {"log.Log": "message", "http.Request": "uri", "flow.Subflow": "flowId", "execution.Labels": "labels"}
    for task in flow.outline.tasks:
        name = next((name for kind, name in required.items() if (task.type or "").endswith(f"core.{kind}")), None)
        data = flow.at(task.path)
        line = flow.one_line((*task.path, name)) if name and isinstance(data, dict) and name in data else None
        if line:
            return flow.without(line, line, flow.line(task.path, key=False))
    return None


@way
def property_at_the_level_of_the_flow(flow: Original) -> Spoilt | None:
    """A property of a task stands at the left margin."""
    path = next(flow.properties(), None)
    if path is None or "- " in flow.lines[flow.line(path) - 1]:
        return None
    text = flow.lines[flow.line(path) - 1]
    without = flow.without(flow.line(path), flow.line(path))
    last = without.source if without.source.endswith("\n") else f"{without.source}\n"
    return Spoilt(last + text.lstrip(), frozenset({last.count("\n") + 1}))
