"""What a Flow trigger waits for, as the V2 dialect says it: dependencies, and a window of time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from gitops.language.dates import TimeOfDay
from gitops.language.expression.values import is_truthy
from gitops.language.gathering import Span
from gitops.language.label import Labels
from gitops.language.model import Model
from gitops.language.rendered import Render
from gitops.language.scalars import Duration, StateName, TemplatedStr, Text, Zone
from gitops.language.time_window import aligned_span, coming_daily_span, daily_span
from gitops.language.upstream import Facts

_GROUPS = (("deadline",), ("from", "to"), ("every", "offset"), ("lookback",))
_ALWAYS = ("timezone", "fireOnce")


class Dependency(Model):
    """Executions of other flows, one of which must have happened."""

    namespace: Text | None = Field(None, description="The namespace of the flow; any if absent.")
    flow_id: Text | None = Field(None, description="The id of the flow; any if absent.")
    states: tuple[StateName, ...] = Field((), description="The states that count; all if absent.")
    labels: dict[str, Text] | None = Field(None, description="Labels that the execution must have.")
    when: TemplatedStr | None = Field(None, description="An execution counts only when this renders to a true value.")

    def fits(self, facts: Facts, render: Render) -> bool:
        """Whether the execution is one of these; raises ExpressionError."""
        upstream = facts.upstream
        return (
            upstream is not None
            and self.namespace in (None, upstream.namespace)
            and self.flow_id in (None, upstream.flow_id)
            and (not self.states or upstream.state in self.states)
            and upstream.has_labels(self.labels or {})
            and (self.when is None or is_truthy(render(self.when)))
        )


def _alone(group: tuple[str, ...], name: str) -> JsonDict:
    """Beside a property of a group there is none of another group."""
    allowed = (*group, *_ALWAYS)
    others = ", ".join(f"`{key}`" for key in allowed if key != name)
    return {
        "if": {"required": [name], "properties": {name: {"type": "string"}}},
        "then": {
            "propertyNames": {
                "pattern": f"^({'|'.join(allowed)})$",
                "patternErrorMessage": f"beside `{name}` only {others}",
                "x-rule": "unknown-property",
            }
        },
    }


def _needs(name: str, other: str) -> JsonDict:
    return {"if": {"required": [name]}, "then": {"required": [other]}}


class Window(Model):
    """The span of time in which the dependencies must be met: a deadline, hours of the day, a length or a look back."""

    model_config = ConfigDict(
        json_schema_extra={
            "allOf": [
                *[_alone(group, name) for group in _GROUPS for name in group],
                _needs("from", "to"),
                _needs("to", "from"),
            ]
        }
    )

    deadline: TimeOfDay | None = Field(None, description="The time of day until which all must be met.")
    from_: TimeOfDay | None = Field(None, alias="from", description="The time of day from which on all must be met.")
    to: TimeOfDay | None = Field(None, description="The time of day until which all must be met.")
    every: Duration | None = Field(None, description="The length of one span; a day if absent.")
    offset: Duration | None = Field(None, description="How much later than at midnight the first span begins.")
    lookback: Duration | None = Field(None, description="How long ago a dependency may have been met.")
    timezone: Zone | None = Field(None, description="The zone in which days begin; UTC if absent.")
    fire_once: bool = Field(False, description="Fire at most once in one span.")

    def span(self, at: datetime) -> Span | None:
        """The span that an instant lies in; None when it lies between two."""
        if self.deadline is not None:
            return daily_span(at, time(), self.deadline, self.timezone)
        if self.from_ is not None and self.to is not None:
            return daily_span(at, self.from_, self.to, self.timezone)
        return aligned_span(at, self.every or timedelta(days=1), self.offset or timedelta(), self.timezone)

    def coming_span(self, at: datetime) -> Span | None:
        """The span that an instant lies in, or the next one; None when there are none."""
        if self.lookback is not None:
            return None
        start, end = (time(), self.deadline) if self.deadline is not None else (self.from_, self.to)
        if start is not None and end is not None:
            return coming_daily_span(at, start, end, self.timezone)
        return self.span(at)

    @model_validator(mode="after")
    def _of_one_kind(self) -> Window:
        given = [group for group in _GROUPS if any(self._has(name) for name in group)]
        if len(given) > 1:
            words = " and ".join(f"`{name}`" for group in given for name in group if self._has(name))
            raise ValueError(f"expected one kind of window, found {words}")
        if self._has("from") != self._has("to"):
            raise ValueError("expected `from` and `to` together")
        return self

    def _has(self, name: str) -> bool:
        return getattr(self, "from_" if name == "from" else name) is not None


class OnMiss(Model):
    """What happens when a window ends and the dependencies are not met."""

    behavior: Literal["FAIL"] = Field("FAIL", description="FAIL creates a failed execution.")
    labels: Labels | None = Field(None, description="Labels of that execution.")
