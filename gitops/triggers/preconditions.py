"""What a Flow trigger waits for, as today's flows say it: flows by name, and filters over executions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import Field

from gitops.errors import ExpressionError
from gitops.language.condition import is_met
from gitops.language.expression.values import text
from gitops.language.gathering import Gathering
from gitops.language.model import Model
from gitops.language.patterns import is_pattern, matches
from gitops.language.rendered import Render, read_rendered
from gitops.language.scalars import StateName, TaskId, Templated, TemplatedStr, Text
from gitops.language.time_window import DurationWindow, TimeWindow
from gitops.language.upstream import Facts, Upstream

_FieldName = Literal["FLOW_ID", "NAMESPACE", "STATE", "EXPRESSION"]


def _matches(pattern: str, found: str) -> bool:
    if not is_pattern(pattern):
        raise ExpressionError(f"expected a regular expression, found `{pattern}`")
    try:
        matches(pattern, found)
    except ValueError:
        return False
    return True


_COMPARISONS: Mapping[str, Callable[[str, str], bool]] = {
    "EQUAL_TO": lambda found, value: found == value,
    "NOT_EQUAL_TO": lambda found, value: found != value,
    "IS_NULL": lambda found, _value: not found.strip(),
    "IS_NOT_NULL": lambda found, _value: bool(found.strip()),
    "IS_TRUE": lambda found, _value: is_met(found),
    "IS_FALSE": lambda found, _value: not is_met(found),
    "STARTS_WITH": lambda found, value: found.startswith(value),
    "ENDS_WITH": lambda found, value: found.endswith(value),
    "CONTAINS": lambda found, value: value in found,
    "REGEX": lambda found, value: _matches(value, found),
}


class UpstreamFlow(Model):
    """Executions of one flow, or of all flows of a namespace."""

    namespace: TemplatedStr = Field(description="The namespace of the flow.")
    flow_id: TemplatedStr | None = Field(None, description="The id of the flow; every flow of the namespace if absent.")
    states: Templated[tuple[StateName, ...]] = Field((), description="The states that count; all if absent.")
    labels: Templated[dict[str, Text]] | None = Field(None, description="Labels that the execution must have.")

    def fits(self, facts: Facts, render: Render) -> bool:
        """Whether the execution is one of these; raises ExpressionError."""
        upstream, read = facts.upstream, read_rendered(self, render)
        return (
            upstream is not None
            and read.namespace == upstream.namespace
            and read.flow_id in (None, upstream.flow_id)
            and (not read.states or upstream.state in read.states)
            and upstream.has_labels(read.labels or {})
        )


class _Filter(Model):
    field: _FieldName = Field(description="What is looked at.")

    def looked_at(self, upstream: Upstream) -> str | None:
        """The text of the execution that is compared; None for an expression."""
        of = {"FLOW_ID": upstream.flow_id, "NAMESPACE": upstream.namespace, "STATE": upstream.state}
        return of.get(self.field)


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

    def fits(self, upstream: Upstream, render: Render) -> bool:
        """Whether the execution passes; an expression is compared with `true`. Raises ExpressionError."""
        value, found = text(render(self.value)), self.looked_at(upstream)
        return _COMPARISONS[self.type](value, "true") if found is None else _COMPARISONS[self.type](found, value)


class ListFilter(_Filter):
    """A comparison with several values."""

    type: Literal["IN", "NOT_IN"]
    values: Templated[tuple[Text, ...]] = Field(description="The values.")

    def fits(self, upstream: Upstream, render: Render) -> bool:
        """Whether the execution passes; an expression is compared with `true`. Raises ExpressionError."""
        among = (self.looked_at(upstream) or "true") in read_rendered(self, render).values
        return among if self.type == "IN" else not among


Filter = Annotated[ValueFilter | ListFilter, Field(discriminator="type")]


class Where(Model):
    """Filters that one execution must pass."""

    id: TaskId = Field(description="Unique among the entries.")
    operand: Literal["AND", "OR"] = Field("AND", description="Whether all filters must hold or one is enough.")
    filters: tuple[Filter, ...] = Field(description="The filters.")

    def fits(self, facts: Facts, render: Render) -> bool:
        """Whether the execution passes the filters, or one of them with OR; raises ExpressionError."""
        upstream = facts.upstream
        passes = (upstream is not None and each.fits(upstream, render) for each in self.filters)
        return all(passes) if self.operand == "AND" else any(passes)


class Preconditions(Model):
    """Executions that must all have happened in one span of time."""

    id: TaskId = Field(description="Unique among the preconditions of the namespace's flows.")
    time_window: TimeWindow | None = Field(
        None, description="The span of time in which all must happen; a day if absent."
    )
    reset_on_success: bool = Field(True, description="Begin anew once all have happened, instead of firing again.")
    flows: tuple[UpstreamFlow, ...] = Field((), description="The flows to wait for.")
    where: tuple[Where, ...] = Field((), description="Executions to wait for, by filters.")

    def gathering(self) -> Gathering:
        """All of the flows and all of the entries of `where`, in one span of time."""
        flows = {f"flow {number}": each.fits for number, each in enumerate(self.flows)}
        needs = {**flows, **{each.id: each.fits for each in self.where}}
        window = self.time_window or DurationWindow(type="DURATION_WINDOW")
        return Gathering(
            id=self.id, needs=needs, enough=len(needs), find_span=window.span, resets=self.reset_on_success
        )
