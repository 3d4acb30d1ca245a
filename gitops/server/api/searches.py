"""Which executions, flows or log entries a request is about: its parameters and its filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from gitops.engine import clock
from gitops.errors import InvalidUsage
from gitops.execution.state import State
from gitops.language.scalars import Level
from gitops.server import filters
from gitops.server.api.parts import LabelFilter, in_zone
from gitops.server.filters import Field, is_filter, read_filters
from gitops.store.conditions import LABELS, Condition, Operator
from gitops.store.executions import ExecutionFilter

EXECUTION_FIELDS: Mapping[str, Field] = {
    "q": filters.search_text("text"),
    "id": filters.texts("id"),
    "namespace": filters.names("namespace"),
    "flowId": filters.names("flow_id"),
    "flowRevision": filters.numbers("revision"),
    "state": filters.states("state"),
    "labels": filters.labels(LABELS),
    "startDate": filters.dates("started"),
    "endDate": filters.dates("ended"),
    "timeRange": filters.since("started", clock.now),
    "scope": filters.scope("namespace"),
    "triggerId": filters.optional_texts("trigger"),
    "triggerExecutionId": filters.optional_texts("caller"),
    "childFilter": filters.called("caller"),
    "parentId": filters.optional_texts("parent"),
}
FLOW_FIELDS: Mapping[str, Field] = {
    "q": filters.search_text("text"),
    "id": filters.names("id"),
    "flowId": filters.names("id"),
    "namespace": filters.names("namespace"),
    "labels": filters.labels(LABELS),
    "scope": filters.scope("namespace"),
}
LOG_FIELDS: Mapping[str, Field] = {
    "q": filters.search_text("text"),
    "executionId": filters.texts("execution"),
    "namespace": filters.names("namespace"),
    "flowId": filters.names("flow_id"),
    "triggerId": filters.optional_texts("trigger"),
    "taskId": filters.optional_texts("task"),
    "taskRunId": filters.optional_texts("task_run"),
    "attemptNumber": filters.numbers("attempt"),
    "level": filters.quietest_level("level"),
    "startDate": filters.dates("at"),
    "endDate": filters.dates("at"),
    "timeRange": filters.since("at", clock.now),
    "scope": filters.scope("namespace"),
}


_ABOUT = (
    "`filters[field][OPERATOR]=value`, all of which must hold; the values of IN are separated by commas, and a label "
    "is `filters[labels][EQUALS][key]=value`."
)


def documented(fields: Mapping[str, Field]) -> dict[str, Any]:
    """What the documentation of a route says about its filters."""
    listed = "; ".join(f"`{name}`: {', '.join(field.operators)}" for name, field in fields.items())
    return {
        "parameters": [
            {
                "name": "filters",
                "in": "query",
                "required": False,
                "description": f"{_ABOUT} Fields and operators: {listed}.",
                "style": "deepObject",
                "explode": True,
                "schema": {"type": "object", "additionalProperties": True},
            }
        ]
    }


def _filters_of(fields: Mapping[str, Field]) -> Callable[[Request], tuple[Condition, ...]]:
    def read(request: Request) -> tuple[Condition, ...]:
        return read_filters(request.query_params.multi_items(), fields)

    return read


def _plain(given: Mapping[str, str | None], fields: Mapping[str, Field]) -> tuple[Condition, ...]:
    """The conditions that plain parameters mean, those of them that are given."""
    pairs = [(f"filters[{name}][EQUALS]", value) for name, value in given.items() if value is not None]
    return read_filters(pairs, fields)


TextPart = Annotated[str | None, Query(alias="q", description="A part of its id, flow or namespace.")]
ScopePart = Annotated[Literal["USER", "SYSTEM"] | None, Query(description="Flows of users, or of `system`.")]
TimeRangePart = Annotated[str | None, Query(alias="timeRange", description="How far back, such as PT24H.")]
NamespacePart = Annotated[str | None, Query(description="A namespace; those below it count too.")]
StartPart = Annotated[datetime | None, Query(alias="startDate", description="The first instant.")]
EndPart = Annotated[datetime | None, Query(alias="endDate", description="The last instant.")]
_ExecutionFilters = Annotated[tuple[Condition, ...], Depends(_filters_of(EXECUTION_FIELDS))]
_LogFilters = Annotated[tuple[Condition, ...], Depends(_filters_of(LOG_FIELDS))]


def _executions(
    labels: LabelFilter,
    conditions: _ExecutionFilters,
    q: TextPart = None,
    scope: ScopePart = None,
    namespace: NamespacePart = None,
    flow_id: Annotated[str | None, Query(alias="flowId")] = None,
    state: Annotated[list[State] | None, Query(description="May be repeated.")] = None,
    commit: Annotated[str | None, Query(description="The commit that the executions carry.")] = None,
    trigger_execution_id: Annotated[
        str | None, Query(alias="triggerExecutionId", description="The execution that called for them.")
    ] = None,
    child_filter: Annotated[
        Literal["CHILD", "MAIN"] | None, Query(alias="childFilter", description="Those that were called for, or not.")
    ] = None,
    start_date: StartPart = None,
    end_date: EndPart = None,
    time_range: TimeRangePart = None,
) -> ExecutionFilter:
    plain = _plain({"q": q, "scope": scope, "childFilter": child_filter, "timeRange": time_range}, EXECUTION_FIELDS)
    return ExecutionFilter(
        namespace=namespace,
        flow_id=flow_id,
        states=tuple(state or ()),
        labels=tuple(labels),
        commit=commit,
        caller=trigger_execution_id,
        started_after=in_zone(start_date),
        started_before=in_zone(end_date),
        conditions=(*plain, *conditions),
    )


def _logs(
    conditions: _LogFilters,
    q: TextPart = None,
    scope: ScopePart = None,
    namespace: NamespacePart = None,
    flow_id: Annotated[str | None, Query(alias="flowId")] = None,
    trigger_id: Annotated[str | None, Query(alias="triggerId")] = None,
    minimum: Annotated[Level, Query(alias="minLevel", description="The quietest level to answer.")] = Level.TRACE,
    start_date: StartPart = None,
    end_date: EndPart = None,
    time_range: TimeRangePart = None,
) -> tuple[Condition, ...]:
    texts = {"q": q, "scope": scope, "flowId": flow_id, "triggerId": trigger_id, "timeRange": time_range}
    quietest = {} if minimum is Level.TRACE else {"level": minimum.value}
    return (
        *_plain({**texts, **quietest}, LOG_FIELDS),
        *_bounds("namespace", Operator.PREFIX, namespace),
        *_bounds("at", Operator.GREATER_THAN_OR_EQUAL_TO, in_zone(start_date)),
        *_bounds("at", Operator.LESS_THAN_OR_EQUAL_TO, in_zone(end_date)),
        *conditions,
    )


def _bounds(field: str, operator: Operator, value: object) -> tuple[Condition, ...]:
    return () if value is None else (Condition(field, operator, (value,)),)


def refuse_unknown(request: Request) -> None:
    """A dependency of what is done to everything that a query finds: a misspelt filter must not find everything."""
    route = request.scope["route"]
    assert isinstance(route, APIRoute)  # noqa: S101 - only routes have dependencies
    known = _parameters(route.dependant)
    takes_filters = bool(route.openapi_extra)
    for name in request.query_params:
        if name not in known and not (takes_filters and is_filter(name)):
            expected = ", ".join([*known, "filters[field][OPERATOR]"] if takes_filters else known)
            raise InvalidUsage(f"{name}: no such parameter, so nothing was done; expected one of {expected}")


def _parameters(dependant: Dependant) -> list[str]:
    """The names of the parameters that a route takes, in whatever it depends on too."""
    inside = [name for each in dependant.dependencies for name in _parameters(each)]
    return list(dict.fromkeys([*(field.alias for field in dependant.query_params), *inside]))


ExecutionsPart = Annotated[ExecutionFilter, Depends(_executions)]
LogsPart = Annotated[tuple[Condition, ...], Depends(_logs)]
FlowFilters = Annotated[tuple[Condition, ...], Depends(_filters_of(FLOW_FIELDS))]
EXECUTION_SEARCH = documented(EXECUTION_FIELDS)
LOG_SEARCH = documented(LOG_FIELDS)
FLOW_SEARCH = documented(FLOW_FIELDS)
STRICT = Depends(refuse_unknown)
