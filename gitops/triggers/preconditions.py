"""What a Flow trigger waits for, as today's flows say it: flows by name, and filters over executions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gitops.language.model import Model
from gitops.language.scalars import StateName, TaskId, Templated, TemplatedStr, Text
from gitops.language.time_window import TimeWindow

_FieldName = Literal["FLOW_ID", "NAMESPACE", "STATE", "EXPRESSION"]


class UpstreamFlow(Model):
    """Executions of one flow, or of all flows of a namespace."""

    namespace: TemplatedStr = Field(description="The namespace of the flow.")
    flow_id: TemplatedStr | None = Field(None, description="The id of the flow; every flow of the namespace if absent.")
    states: Templated[tuple[StateName, ...]] = Field((), description="The states that count; all if absent.")
    labels: Templated[dict[str, Text]] | None = Field(None, description="Labels that the execution must have.")


class _Filter(Model):
    field: _FieldName = Field(description="What is looked at.")


class ValueFilter(_Filter):
    """A comparison with one value."""

    type: Literal[
        "EQUAL_TO",
        "NOT_EQUAL_TO",
        "IS_NULL",
        "IS_NOT_NULL",
        "IS_TRUE",
        "IS_FALSE",
        "STARTS_WITH",
        "ENDS_WITH",
        "REGEX",
        "CONTAINS",
    ]
    value: TemplatedStr = Field(description="The value; with EXPRESSION, what is rendered.")


class ListFilter(_Filter):
    """A comparison with several values."""

    type: Literal["IN", "NOT_IN"]
    values: Templated[tuple[Text, ...]] = Field(description="The values.")


Filter = Annotated[ValueFilter | ListFilter, Field(discriminator="type")]


class Where(Model):
    """Filters that one execution must pass."""

    id: TaskId = Field(description="Unique among the entries.")
    operand: Literal["AND", "OR"] = Field("AND", description="Whether all filters must hold or one is enough.")
    filters: tuple[Filter, ...] = Field(description="The filters.")


class Preconditions(Model):
    """Executions that must all have happened in one span of time."""

    id: TaskId = Field(description="Unique among the preconditions of the namespace's flows.")
    time_window: TimeWindow | None = Field(
        None, description="The span of time in which all must happen; a day if absent."
    )
    reset_on_success: bool = Field(True, description="Begin anew once all have happened, instead of firing again.")
    flows: tuple[UpstreamFlow, ...] = Field((), description="The flows to wait for.")
    where: tuple[Where, ...] = Field((), description="Executions to wait for, by filters.")
