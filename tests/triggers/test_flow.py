"""The trigger type Flow: what it waits for, as today's flows and as the V2 dialect say it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import cast

import pytest

from gitops.language.unavailable import unavailable
from gitops.triggers.flow import Flow
from tests.triggers.one_trigger import findings, read_trigger, refusal

Properties = dict[str, object]
ONE_VALUE = (
    *("EQUAL_TO", "NOT_EQUAL_TO", "IS_NULL", "IS_NOT_NULL", "IS_TRUE", "IS_FALSE"),
    *("STARTS_WITH", "ENDS_WITH", "REGEX", "CONTAINS"),
)
SEVERAL_VALUES = ("IN", "NOT_IN")


def flow(**properties: object) -> Flow:
    return cast("Flow", read_trigger("Flow", **properties))


def windowed(window: Properties) -> Properties:
    """A trigger's properties with this time window."""
    return {"preconditions": {"id": "p", "timeWindow": window, "flows": [{"namespace": "company.team"}]}}


def filtered(**entry: object) -> Properties:
    """A trigger's properties with this filter."""
    return {"preconditions": {"id": "p", "where": [{"id": "w", "filters": [entry]}]}}


@pytest.mark.parametrize("kind", ["Flow", "io.kestra.core.models.triggers.types.Flow"])
def test_a_flow_trigger_is_read_and_acted_upon(kind: str) -> None:
    trigger = read_trigger(kind, states=["SUCCESS", "PAUSED"], inputs={"a": "{{ trigger.outputs.a }}"})
    assert isinstance(trigger, Flow)
    assert list(unavailable(trigger)) == []


def test_usually_executions_are_looked_at_that_have_ended_or_wait() -> None:
    assert flow().states == ("SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED", "PAUSED")


def test_preconditions_name_flows_and_have_defaults() -> None:
    upstream = {"namespace": "company.team", "flowId": "a", "states": ["SUCCESS"], "labels": {"system.from": "x"}}
    preconditions = flow(preconditions={"id": "p", "flows": [upstream], "where": [{"id": "w", "filters": []}]})
    read = preconditions.preconditions
    assert read is not None
    assert (read.reset_on_success, read.where[0].operand, read.time_window) == (True, "AND", None)
    assert read.flows[0].labels == {"system.from": "x"}


@pytest.mark.parametrize("kind", ONE_VALUE)
def test_a_comparison_with_one_value_needs_it_and_has_no_list(kind: str) -> None:
    right = filtered(field="EXPRESSION", type=kind, value="{{ trigger.outputs.a }}")
    assert flow(**right).preconditions is not None
    assert findings("Flow", **right) == []
    path = f"preconditions.where[0].filters[0].{kind}"
    assert refusal("Flow", **filtered(field="STATE", type=kind)) == f"{path}.value: Field required"
    assert (
        refusal("Flow", **filtered(field="STATE", type=kind, value="a", values=["b"]))
        == f"{path}.values: Extra inputs are not permitted"
    )
    assert [
        text.partition(",")[0] for text in findings("Flow", **filtered(field="STATE", type=kind, values=["b"]))
    ] == [
        f"missing-property: missing property `value` of type `{kind}`",
        f"unknown-property: unknown property `values` of type `{kind}`",
    ]


@pytest.mark.parametrize("kind", SEVERAL_VALUES)
def test_a_comparison_with_a_list_needs_it_and_has_no_value(kind: str) -> None:
    right = filtered(field="FLOW_ID", type=kind, values=["a", "b"])
    assert flow(**right).preconditions is not None
    assert findings("Flow", **right) == []
    path = f"preconditions.where[0].filters[0].{kind}"
    assert refusal("Flow", **filtered(field="STATE", type=kind)) == f"{path}.values: Field required"
    assert (
        refusal("Flow", **filtered(field="STATE", type=kind, value="a", values=["b"]))
        == f"{path}.value: Extra inputs are not permitted"
    )


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        ({"field": "FLOW", "type": "IN", "values": ["a"]}, "IN.field"),
        ({"field": "STATE", "type": "LIKE", "value": "a"}, ""),
        ({"field": "STATE", "value": "a"}, ""),
    ],
)
def test_other_filters_are_refused(entry: Properties, path: str) -> None:
    place = f"preconditions.where[0].filters[0].{path}".rstrip(".")
    assert refusal("Flow", **filtered(**entry)).startswith(f"{place}: ")
    assert len(findings("Flow", **filtered(**entry))) == 1


@pytest.mark.parametrize(
    ("window", "kind", "property_", "value"),
    [
        ({}, "DURATION_WINDOW", "window", timedelta(days=1)),
        ({"window": "PT6H", "windowAdvance": "PT3H"}, "DURATION_WINDOW", "window_advance", timedelta(hours=3)),
        ({"type": "DURATION_WINDOW", "window": "PT1H"}, "DURATION_WINDOW", "window", timedelta(hours=1)),
        ({"type": "SLIDING_WINDOW"}, "SLIDING_WINDOW", "window", timedelta(days=1)),
        ({"type": "DAILY_TIME_DEADLINE", "deadline": "09:00"}, "DAILY_TIME_DEADLINE", "deadline", time(9)),
        (
            {"type": "DAILY_TIME_WINDOW", "startTime": "10:00:00", "endTime": "10:00:00"},
            "DAILY_TIME_WINDOW",
            "end_time",
            time(10),
        ),
        ({"type": "SLIDING_WINDOW", "timezone": "Europe/Warsaw"}, "SLIDING_WINDOW", "timezone", "Europe/Warsaw"),
    ],
)
def test_a_time_window_has_a_type_and_the_usual_one_without(
    window: Properties, kind: str, property_: str, value: object
) -> None:
    preconditions = flow(**windowed(window)).preconditions
    assert preconditions is not None
    assert preconditions.time_window is not None
    assert preconditions.time_window.type == kind
    assert getattr(preconditions.time_window, property_) == value
    assert findings("Flow", **windowed(window)) == []


@pytest.mark.parametrize(
    ("window", "path"),
    [
        ({"type": "DAILY_TIME_DEADLINE"}, "DAILY_TIME_DEADLINE.deadline"),
        ({"type": "DAILY_TIME_WINDOW", "startTime": "10:00:00"}, "DAILY_TIME_WINDOW.endTime"),
        ({"type": "DAILY_TIME_WINDOW", "endTime": "10:00:00"}, "DAILY_TIME_WINDOW.startTime"),
        ({"deadline": "09:00:00"}, "DURATION_WINDOW.deadline"),
        ({"type": "SLIDING_WINDOW", "windowAdvance": "PT1H"}, "SLIDING_WINDOW.windowAdvance"),
        ({"type": "DAILY_TIME_DEADLINE", "deadline": "09:00", "window": "PT1H"}, "DAILY_TIME_DEADLINE.window"),
        ({"type": "DAILY_TIME_DEADLINE", "deadline": "nine"}, "DAILY_TIME_DEADLINE.deadline"),
        ({"window": "1 hour"}, "DURATION_WINDOW.window"),
        ({"type": "YEARLY"}, ""),
    ],
)
def test_a_time_window_has_the_properties_of_its_type_only(window: Properties, path: str) -> None:
    place = f"preconditions.timeWindow.{path}".rstrip(".")
    assert refusal("Flow", **windowed(window)).startswith(f"{place}: ")
    assert len(findings("Flow", **windowed(window))) == 1


def test_dependencies_are_read() -> None:
    trigger = flow(
        dependsOn=[
            {"flowId": "a", "namespace": "company.team", "states": ["SUCCESS"], "labels": {"kind": "x"}},
            {"flowId": "b", "when": "{{ outputs.rows > 0 }}"},
        ],
        mode="AT_LEAST",
        minSatisfied=1,
        window={"every": "P1D", "offset": "PT6H", "fireOnce": True},
        onMiss={"labels": {"late": "yes"}},
        when="{{ trigger.state == 'SUCCESS' }}",
    )
    assert trigger.window is not None
    assert trigger.on_miss is not None
    assert (trigger.min_satisfied, trigger.window.fire_once, trigger.on_miss.behavior) == (1, True, "FAIL")


@pytest.mark.parametrize(
    "window",
    [
        {"deadline": "09:00:00", "timezone": "Europe/Warsaw"},
        {"from": "06:00", "to": "09:00", "fireOnce": True},
        {"every": "PT6H"},
        {"offset": "PT6H"},
        {"lookback": "PT1H"},
        {},
    ],
)
def test_a_window_is_of_one_kind(window: Properties) -> None:
    assert flow(window=window).window is not None
    assert findings("Flow", states=["FAILED"], window=window) == []


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({"deadline": "09:00", "lookback": "PT1H"}, "expected one kind of window, found `deadline` and `lookback`"),
        (
            {"from": "06:00", "to": "09:00", "every": "P1D"},
            "expected one kind of window, found `from` and `to` and `every`",
        ),
        ({"from": "06:00"}, "expected `from` and `to` together"),
        ({"to": "06:00"}, "expected `from` and `to` together"),
    ],
)
def test_windows_are_not_mixed(window: Properties, words: str) -> None:
    assert refusal("Flow", window=window) == f"window: Value error, {words}"
    assert findings("Flow", window=window) != []


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"mode": "AT_LEAST"}, "expected `minSatisfied` beside `mode: AT_LEAST`"),
        (
            {"mode": "AT_LEAST", "minSatisfied": 2, "dependsOn": [{"flowId": "a"}]},
            "expected `minSatisfied` of at most the number of `dependsOn`, 1, found 2",
        ),
        ({"minSatisfied": 0}, "minSatisfied: "),
        ({"mode": "SOME"}, "mode: "),
        ({"onMiss": {"behavior": "WARN"}}, "onMiss.behavior: "),
        ({"preconditions": {"flows": []}}, "preconditions.id: Field required"),
        ({"preconditions": {"id": "p", "flows": [{"flowId": "a"}]}}, "preconditions.flows[0].namespace: "),
        ({"states": ["DONE"]}, "states[0]: "),
    ],
)
def test_other_values_are_refused(properties: Properties, words: str) -> None:
    assert words in refusal("Flow", **properties)
