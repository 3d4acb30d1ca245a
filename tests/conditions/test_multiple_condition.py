"""The condition MultipleCondition: named conditions and a span of time."""

from __future__ import annotations

from datetime import time, timedelta
from typing import cast

import pytest

from gitops.conditions.execution_flow import ExecutionFlow
from gitops.conditions.multiple_condition import MultipleCondition
from tests.conditions.one_condition import Properties, condition, findings, read_condition, refusal

ON_FLOW = condition("ExecutionFlow", {"namespace": "company.team", "flowId": "a"})


def multiple(**properties: object) -> Properties:
    return {"id": "both", "conditions": {"a": ON_FLOW}, **properties}


def read(**properties: object) -> MultipleCondition:
    return cast("MultipleCondition", read_condition("MultipleCondition", multiple(**properties)))


def test_conditions_have_names() -> None:
    condition_ = read()
    assert isinstance(condition_.conditions["a"], ExecutionFlow)
    assert (condition_.reset_on_success, condition_.time_window) == (True, None)


def test_the_old_form_of_a_window_is_read() -> None:
    old = read(window="P1D", windowAdvance="P0D")
    assert (old.window, old.window_advance) == (timedelta(days=1), timedelta())


@pytest.mark.parametrize(
    ("window", "kind", "attribute", "value"),
    [
        ({"window": "PT12H"}, "DURATION_WINDOW", "window", timedelta(hours=12)),
        ({"type": "SLIDING_WINDOW"}, "SLIDING_WINDOW", "window", timedelta(days=1)),
        ({"type": "DAILY_TIME_DEADLINE", "deadline": "09:00"}, "DAILY_TIME_DEADLINE", "deadline", time(9)),
        (
            {"type": "DAILY_TIME_WINDOW", "startTime": "08:00", "endTime": "09:00"},
            "DAILY_TIME_WINDOW",
            "start_time",
            time(8),
        ),
    ],
)
def test_a_time_window_has_a_type_and_the_usual_one_without(
    window: Properties, kind: str, attribute: str, value: object
) -> None:
    found = read(timeWindow=window).time_window
    assert found is not None
    assert (found.type, getattr(found, attribute)) == (kind, value)
    assert findings("MultipleCondition", multiple(timeWindow=window)) == []


@pytest.mark.parametrize(
    ("properties", "path"),
    [
        ({"conditions": {}}, "conditions"),
        ({"conditions": {"a": condition("ExecutionFlow", {"namespace": "n"})}}, "conditions.a.flowId"),
        ({"timeWindow": {"type": "DAILY_TIME_DEADLINE"}}, "timeWindow.DAILY_TIME_DEADLINE.deadline"),
        ({"timeWindow": {"deadline": "09:00"}}, "timeWindow.DURATION_WINDOW.deadline"),
        ({"id": "a b"}, "id"),
    ],
)
def test_other_values_are_refused(properties: Properties, path: str) -> None:
    assert refusal("MultipleCondition", multiple(**properties)).startswith(f"{path}: ")
    assert len(findings("MultipleCondition", multiple(**properties))) == 1
