"""The variables of expressions that are the same in every flow: their names, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gitops.lint.schema.kinds import Schema


class Known(NamedTuple):
    """A step that leads somewhere: its name, what stands there in a few words and in more, and what is behind it.

    `likely` says that it has a value when the place is rendered, as far as can be told.
    """

    name: str
    kind: str = ""
    page: str = ""
    schema: Schema | None = None
    likely: bool = True


def _listed(*lines: tuple[str, str]) -> tuple[Known, ...]:
    return tuple(Known(name, "", page) for name, page in lines)


ROOTS = _listed(
    ("inputs", "The inputs of the execution."),
    ("outputs", "The outputs of tasks, by their ids."),
    ("vars", "The variables of the flow."),
    ("trigger", "What the trigger that created the execution has handed over."),
    ("flow", "The flow: `id`, `namespace`, `revision`."),
    ("execution", "The execution: `id`, `startDate`, `state`."),
    ("taskrun", "This run of the task; in a loop with its `value`."),
    ("task", "The task: `id`, `type`."),
    ("parent", "The nearest task around this one: its `taskrun` and its `outputs`."),
    ("parents", "All tasks around this one, the nearest first."),
    ("item", "What the loop is at: `value`, `index`."),
    ("labels", "The labels of the execution, by their keys."),
    ("tasks", "The states of tasks, by their ids."),
    ("envs", "Variables of the service's environment whose names begin with `ENV_`, in lower case."),
    ("globals", "Variables of the service."),
    ("namespace", "Variables of the namespace."),
    ("kestra", "The service: `environment`, `url`."),
)
OF_TASKS = frozenset(("taskrun", "task", "parent", "parents", "item"))
OF_LOOPS = frozenset(("parent", "parents"))
FIXED: Mapping[tuple[str, ...], Iterable[Known]] = {
    ("flow",): _listed(
        ("id", "The id of the flow."),
        ("namespace", "The namespace of the flow."),
        ("revision", "The revision that the execution runs."),
        ("tenantId", "Always `main`."),
    ),
    ("execution",): _listed(
        ("id", "The id of the execution."),
        ("startDate", "When it was created."),
        ("originalId", "The id of the execution that this one repeats; its own when it repeats none."),
        ("state", "Its state."),
        ("outputs", "The outputs of the flow, once it has ended."),
    ),
    ("taskrun",): _listed(
        ("id", "The id of the task run."),
        ("startDate", "When it began."),
        ("attemptsCount", "How many attempts there were before."),
        ("parentId", "The id of the task run around it."),
        ("value", "In a loop the value that it runs for."),
        ("iteration", "In a loop its place, from 0."),
    ),
    ("task",): _listed(("id", "The id of the task."), ("type", "Its type.")),
    ("parent",): _listed(("taskrun", "The run of that task."), ("outputs", "Its outputs.")),
    ("parent", "taskrun"): _listed(("value", "The value that it runs for.")),
    ("item",): _listed(
        ("value", "The value of this iteration."),
        ("index", "Its place, from 0."),
        ("key", "Its key, when the loop goes through a mapping."),
        ("parent", "The item of the loop around this one."),
        ("parents", "The items of all loops around this one, the nearest first."),
    ),
    ("kestra",): _listed(("environment", "The name of the installation."), ("url", "Its address.")),
}
OF_TRIGGER = _listed(("id", "The id of the trigger."), ("type", "Its type."))
_TRIGGERS = "io.kestra.plugin.core."
_DATES = _listed(
    ("date", "The date that the execution is for."),
    ("next", "The date after that."),
    ("previous", "The date before that."),
)
BY_TRIGGER: Mapping[str, tuple[Known, ...]] = {
    f"{_TRIGGERS}trigger.Schedule": _DATES,
    f"{_TRIGGERS}trigger.ScheduleOnDates": _DATES,
    f"{_TRIGGERS}trigger.Webhook": _listed(
        ("body", "The body of the request."),
        ("headers", "Its headers, each with all its values."),
        ("parameters", "The parameters of its address, each with all its values."),
    ),
    f"{_TRIGGERS}trigger.BatchWebhook": _listed(
        ("uri", "The file with the requests."), ("count", "How many they are.")
    ),
    f"{_TRIGGERS}trigger.Flow": _listed(
        ("executionId", "The id of the execution that has ended."),
        ("namespace", "The namespace of its flow."),
        ("flowId", "The id of its flow."),
        ("flowRevision", "The revision of its flow."),
        ("state", "The state that it has ended in."),
        ("outputs", "The outputs of its flow."),
    ),
    f"{_TRIGGERS}http.Trigger": _listed(
        ("uri", "The address that answered."),
        ("code", "The HTTP status."),
        ("headers", "The headers, each with all its values."),
        ("body", "The body as text."),
    ),
}
