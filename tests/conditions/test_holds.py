"""When each condition holds, for dates in their zone and for executions of other flows."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import render
from gitops.language.upstream import Facts, Upstream
from tests.conditions.one_condition import Properties, condition, read_condition

UPSTREAM = Upstream(
    namespace="company.team.data",
    flow_id="load",
    state="SUCCESS",
    labels=(("owner", "data"), ("system.correlationId", "c")),
    outputs={"rows": 3},
    attempts=(("FAILED", "SUCCESS"), ("SUCCESS",)),
)


def holds(
    kind: str, properties: Properties, *, trigger: Mapping[str, object], upstream: Upstream | None = None
) -> bool:
    """Whether a condition of a flow `company.team.report` holds."""
    known = {"trigger": trigger, "vars": {"day": "MONDAY", "states": ["SUCCESS"], "owner": "data"}}
    facts = Facts("company.team", "report", upstream)
    return read_condition(kind, properties).holds(facts, lambda value: render(value, known))


def at(kind: str, date: str, /, **properties: object) -> bool:
    """Whether a condition holds at a date."""
    return holds(kind, properties, trigger={"date": date})


def after(kind: str, properties: Properties, upstream: Upstream | None = UPSTREAM) -> bool:
    """Whether a condition holds for an execution of another flow."""
    told = {"outputs": dict(upstream.outputs or {})} if upstream else {}
    return holds(kind, properties, trigger=told, upstream=upstream)


# The weekdays are those that GNU `date -d` prints.
@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2026-11-23T08:30:00Z", "MONDAY"),
        ("2000-01-01T00:00:00Z", "SATURDAY"),
        ("2024-02-29T12:00:00Z", "THURSDAY"),
        ("1970-01-01T00:00:00Z", "THURSDAY"),
        ("2026-11-22T23:30:00-05:00", "SUNDAY"),  # already Monday in UTC
        ("2026-11-23T00:30:00+02:00", "MONDAY"),  # still Sunday in UTC
    ],
)
def test_the_day_of_the_week_is_that_of_the_date_in_its_own_zone(date: str, day: str) -> None:
    assert at("DayWeek", date, dayOfWeek=day)
    assert at("Weekend", date) is (day in ("SATURDAY", "SUNDAY"))
    others = {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"} - {day}
    assert not any(at("DayWeek", date, dayOfWeek=other) for other in others)


def test_properties_are_rendered() -> None:
    assert at("DayWeek", "2026-11-23T08:30:00Z", dayOfWeek="{{ vars.day }}")
    assert at("DayWeek", "2026-11-24T08:30:00Z", dayOfWeek="MONDAY", date="2026-11-23T08:30:00Z")
    assert after("ExecutionStatus", {"in": "{{ vars.states }}"})
    assert after("ExecutionLabels", {"labels": {"owner": "{{ vars.owner }}"}})


def test_a_rendered_property_that_does_not_fit_is_an_error_with_its_name() -> None:
    with pytest.raises(ExpressionError, match="`dayOfWeek` after rendering: Input should be 'MONDAY'"):
        at("DayWeek", "2026-11-23T08:30:00Z", dayOfWeek="{{ vars.owner }}")


@pytest.mark.parametrize(
    ("date", "day", "place", "expected"),
    [
        ("2026-11-02T00:00:00Z", "MONDAY", "FIRST", True),
        ("2026-11-09T00:00:00Z", "MONDAY", "FIRST", False),
        ("2026-11-09T00:00:00Z", "MONDAY", "SECOND", True),
        ("2026-11-16T00:00:00Z", "MONDAY", "THIRD", True),
        ("2026-11-23T00:00:00Z", "MONDAY", "FOURTH", True),
        ("2026-11-23T00:00:00Z", "MONDAY", "LAST", False),
        ("2026-11-30T00:00:00Z", "MONDAY", "LAST", True),
        ("2026-11-30T00:00:00Z", "TUESDAY", "LAST", False),
    ],
)
def test_the_weekday_of_the_month(date: str, day: str, place: str, *, expected: bool) -> None:
    assert at("DayWeekInMonth", date, dayOfWeek=day, dayInMonth=place) is expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"after": "2026-11-23T08:29:59Z"}, True),
        ({"after": "2026-11-23T08:30:00Z"}, False),
        ({"before": "2026-11-23T08:30:00Z"}, False),
        ({"before": "2026-11-23T09:30:01+01:00"}, True),
        ({"after": "2026-11-23T10:29:00+02:00", "before": "2026-11-23T08:31:00Z"}, True),
        ({"after": "{{ trigger.date }}"}, False),
    ],
)
def test_between_dates_neither_of_which_counts(properties: Properties, *, expected: bool) -> None:
    assert at("DateTimeBetween", "2026-11-23T08:30:00Z", **properties) is expected


@pytest.mark.parametrize(
    ("date", "properties", "expected"),
    [
        ("2026-11-23T08:30:00Z", {"after": "08:00:00Z", "before": "09:00:00Z"}, True),
        ("2026-11-23T08:30:00Z", {"after": "08:30:00Z"}, False),
        ("2026-11-23T08:30:00Z", {"before": "08:30:00Z"}, False),
        ("2026-11-23T08:30:00Z", {"after": "10:00:00+02:00", "before": "11:00:00+02:00"}, True),
        ("2026-11-23T23:30:00Z", {"after": "22:00:00Z", "before": "06:00:00Z"}, True),
        ("2026-11-23T05:30:00Z", {"after": "22:00:00Z", "before": "06:00:00Z"}, True),
        ("2026-11-23T12:00:00Z", {"after": "22:00:00Z", "before": "06:00:00Z"}, False),
        ("2026-11-23T08:30:00+01:00", {"after": "08:00", "before": "09:00"}, True),
    ],
)
def test_between_times_of_the_day_over_midnight_too(date: str, properties: Properties, *, expected: bool) -> None:
    assert at("TimeBetween", date, **properties) is expected


def test_a_span_of_the_day_needs_a_bound() -> None:
    with pytest.raises(ExpressionError, match="expected `after`, `before` or both, found neither"):
        at("TimeBetween", "2026-11-23T08:30:00Z")


@pytest.mark.parametrize(
    ("date", "properties", "expected"),
    [
        ("2026-12-25T08:00:00Z", {"country": "FR"}, True),
        ("2026-07-14T08:00:00Z", {"country": "FR"}, True),
        ("2026-07-14T08:00:00Z", {"country": "DE"}, False),
        ("2026-01-06T08:00:00Z", {"country": "DE"}, False),
        ("2026-01-06T08:00:00Z", {"country": "DE", "subDivision": "BW"}, True),
    ],
)
def test_public_holidays(date: str, properties: Properties, *, expected: bool) -> None:
    assert at("PublicHoliday", date, **properties) is expected


def test_a_public_holiday_is_that_of_a_country() -> None:
    with pytest.raises(ExpressionError, match="expected `country`"):
        at("PublicHoliday", "2026-12-25T08:00:00Z")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [("{{ 1 == 1 }}", True), ("{{ 1 == 2 }}", False), ("", False), ("  ", False), ("0", True), (" false ", False)],
)
def test_an_expression_holds_unless_it_is_blank_or_false(expression: str, *, expected: bool) -> None:
    assert after("Expression", {"expression": expression}) is expected


def test_outputs_must_be_there_and_hold() -> None:
    assert after("ExecutionOutputs", {"expression": "{{ trigger.outputs.rows > 2 }}"})
    assert not after("ExecutionOutputs", {"expression": "{{ trigger.outputs.rows > 3 }}"})
    assert not after("ExecutionOutputs", {"expression": "true"}, Upstream(namespace="n", flow_id="f", state="SUCCESS"))
    assert not after("ExecutionOutputs", {"expression": "true"}, None)


@pytest.mark.parametrize(
    ("kind", "properties", "expected"),
    [
        ("ExecutionFlow", {"namespace": "company.team.data", "flowId": "load"}, True),
        ("ExecutionFlow", {"namespace": "company.team", "flowId": "load"}, False),
        ("ExecutionFlow", {"namespace": "company.team.data", "flowId": "report"}, False),
        ("ExecutionNamespace", {"namespace": "company.team.data"}, True),
        ("ExecutionNamespace", {"namespace": "company.team"}, False),
        ("ExecutionNamespace", {"namespace": "company.team", "prefix": True}, True),
        ("ExecutionNamespace", {"namespace": "company.team", "comparison": "PREFIX"}, True),
        ("ExecutionNamespace", {"namespace": ".data", "comparison": "SUFFIX"}, True),
        ("ExecutionNamespace", {"namespace": "company", "comparison": "EQUALS", "prefix": True}, False),
        ("ExecutionStatus", {}, True),
        ("ExecutionStatus", {"in": ["SUCCESS", "WARNING"]}, True),
        ("ExecutionStatus", {"in": ["FAILED"]}, False),
        ("ExecutionStatus", {"notIn": ["SUCCESS"]}, False),
        ("ExecutionStatus", {"in": ["SUCCESS"], "notIn": ["SUCCESS"]}, False),
        ("ExecutionLabels", {"labels": {"owner": "data", "system.correlationId": "c"}}, True),
        ("ExecutionLabels", {"labels": {"owner": "team"}}, False),
        ("HasRetryAttempt", {}, True),
        ("HasRetryAttempt", {"in": ["FAILED"]}, True),
        ("HasRetryAttempt", {"in": ["KILLED"]}, False),
        ("HasRetryAttempt", {"notIn": ["FAILED", "SUCCESS"]}, False),
        ("FlowCondition", {"namespace": "company.team", "flowId": "report"}, True),
        ("FlowCondition", {"namespace": "company.team", "flowId": "load"}, False),
        ("FlowNamespaceCondition", {"namespace": "company.team"}, True),
        ("FlowNamespaceCondition", {"namespace": "company"}, False),
        ("FlowNamespaceCondition", {"namespace": "company", "prefix": True}, True),
        ("MultipleCondition", {"id": "m", "conditions": {"a": condition("ExecutionStatus", {})}}, False),
    ],
)
def test_conditions_about_an_execution(kind: str, properties: Properties, *, expected: bool) -> None:
    assert after(kind, properties) is expected


@pytest.mark.parametrize("kind", ["ExecutionFlow", "ExecutionNamespace", "ExecutionStatus", "ExecutionLabels"])
def test_without_an_execution_such_a_condition_does_not_hold(kind: str) -> None:
    needed: dict[str, Properties] = {
        "ExecutionFlow": {"namespace": "n", "flowId": "f"},
        "ExecutionNamespace": {"namespace": "n"},
        "ExecutionLabels": {"labels": {}},
    }
    assert not after(kind, needed.get(kind, {}), None)


YES, NO = condition("Expression", {"expression": "true"}), condition("Expression", {"expression": "false"})
BROKEN = condition("Expression", {"expression": "{{ nothing.at.all }}"})


@pytest.mark.parametrize(
    ("conditions", "one", "none"),
    [([YES, YES], True, False), ([YES, NO], True, False), ([NO, YES], True, False), ([NO, NO], False, True)],
)
def test_or_is_one_of_them_and_not_is_none_of_them(conditions: list[Properties], *, one: bool, none: bool) -> None:
    assert after("Or", {"conditions": conditions}) is one
    assert after("Not", {"conditions": conditions}) is none


def test_what_is_decided_already_is_not_evaluated() -> None:
    assert after("Or", {"conditions": [YES, BROKEN]})
    with pytest.raises(ExpressionError):
        after("Or", {"conditions": [NO, BROKEN]})
