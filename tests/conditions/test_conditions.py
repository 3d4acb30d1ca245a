"""What every condition type accepts and refuses, and by which old names flows may call it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.conditions.combination import Combination
from gitops.language.condition import Condition
from gitops.language.unavailable import unavailable
from tests.conditions.one_condition import Properties, condition, findings, read_condition, refusal

CONDITIONS = [kind for kind in catalogue().room("Condition").values() if issubclass(kind, Condition)]
WEEKEND = condition("Weekend", {})
ON_FLOW = condition("ExecutionFlow", {"namespace": "company.team", "flowId": "a"})
RENAMED = (
    *("DateTimeBetween", "DayWeek", "DayWeekInMonth", "ExecutionFlow", "ExecutionLabels", "ExecutionNamespace"),
    *("ExecutionOutputs", "ExecutionStatus", "HasRetryAttempt", "Not", "Or", "PublicHoliday", "TimeBetween", "Weekend"),
)
OLD_NAMES = {
    **{f"io.kestra.core.models.conditions.types.{name}Condition": name for name in RENAMED},
    **{f"io.kestra.plugin.core.condition.{name}Condition": name for name in RENAMED},
    "io.kestra.core.models.conditions.types.VariableCondition": "Expression",
    "io.kestra.plugin.core.condition.ExpressionCondition": "Expression",
    "io.kestra.core.models.conditions.types.FlowCondition": "FlowCondition",
    "io.kestra.core.models.conditions.types.FlowNamespaceCondition": "FlowNamespaceCondition",
    "io.kestra.core.models.conditions.types.MultipleCondition": "MultipleCondition",
}
SMALLEST: dict[str, Properties] = {
    "DateTimeBetween": {"after": "2026-01-01T00:00:00Z"},
    "DayWeek": {"dayOfWeek": "MONDAY"},
    "DayWeekInMonth": {"dayOfWeek": "FRIDAY", "dayInMonth": "LAST"},
    "ExecutionFlow": {"namespace": "company.team", "flowId": "a"},
    "ExecutionLabels": {"labels": {"owner": "team"}},
    "ExecutionNamespace": {"namespace": "company.team"},
    "ExecutionOutputs": {"expression": "{{ trigger.outputs.a }}"},
    "ExecutionStatus": {},
    "Expression": {"expression": "{{ vars.on }}"},
    "FlowCondition": {"namespace": "company.team", "flowId": "a"},
    "FlowNamespaceCondition": {"namespace": "company.team"},
    "HasRetryAttempt": {},
    "MultipleCondition": {"id": "both", "conditions": {"a": ON_FLOW}},
    "Not": {"conditions": [WEEKEND]},
    "Or": {"conditions": [WEEKEND]},
    "PublicHoliday": {},
    "TimeBetween": {},
    "Weekend": {},
}
"""Of each type the least that it needs."""


def kind_of(name: str) -> type[Condition]:
    return next(kind for kind in CONDITIONS if kind.__name__ == name)


def test_every_type_is_in_the_table() -> None:
    assert [kind.__name__ for kind in CONDITIONS] == sorted(SMALLEST)


@pytest.mark.parametrize("name", SMALLEST)
def test_the_least_is_enough_and_nothing_of_it_can_be_left_out(name: str) -> None:
    read = read_condition(name, SMALLEST[name])
    assert type(read) is kind_of(name)
    assert findings(name, SMALLEST[name]) == []
    for key in SMALLEST[name]:
        without = {other: value for other, value in SMALLEST[name].items() if other != key}
        assert refusal(name, without)
        assert len(findings(name, without)) == 1


@pytest.mark.parametrize("name", SMALLEST)
def test_every_condition_is_acted_upon_and_other_properties_are_refused(name: str) -> None:
    assert list(unavailable(read_condition(name, SMALLEST[name]))) == []
    assert refusal(name, {**SMALLEST[name], "color": "red"}) == "color: Extra inputs are not permitted"


@pytest.mark.parametrize(("old", "name"), OLD_NAMES.items())
def test_an_old_name_is_todays_type(old: str, name: str) -> None:
    assert read_condition(old, SMALLEST[name]) == read_condition(name, SMALLEST[name])


def test_there_are_no_other_old_names() -> None:
    assert {alias for kind in CONDITIONS for alias in kind.ALIASES} == set(OLD_NAMES)


def test_a_schedule_may_have_conditions_that_need_no_execution() -> None:
    assert {kind.__name__ for kind in CONDITIONS if kind.TIMED} == {
        *("DateTimeBetween", "TimeBetween", "DayWeek", "DayWeekInMonth", "Weekend", "PublicHoliday"),
        *("Expression", "ExecutionOutputs", "Not", "Or"),
    }


def test_some_conditions_should_not_be_used_any_more() -> None:
    assert {kind.__name__ for kind in CONDITIONS if kind.DEPRECATED} == {
        *("FlowCondition", "FlowNamespaceCondition", "MultipleCondition")
    }


@pytest.mark.parametrize(
    "name", ["DateTimeBetween", "TimeBetween", "DayWeek", "DayWeekInMonth", "Weekend", "PublicHoliday"]
)
def test_the_date_is_that_of_the_trigger_unless_another_one_is_given(name: str) -> None:
    assert getattr(read_condition(name, SMALLEST[name]), "date") == "{{ trigger.date }}"  # noqa: B009 - of six types
    other = {**SMALLEST[name], "date": "{{ execution.startDate }}"}
    assert getattr(read_condition(name, other), "date") == "{{ execution.startDate }}"  # noqa: B009 - of six types


@pytest.mark.parametrize(
    ("name", "properties", "attribute", "value"),
    [
        ("DateTimeBetween", {"before": "2026-01-01T00:00:00Z"}, "before", datetime(2026, 1, 1, tzinfo=UTC)),
        ("DateTimeBetween", {"before": "{{ vars.end }}"}, "before", "{{ vars.end }}"),
        ("TimeBetween", {"after": "16:00:00+02:00"}, "after", time(16, tzinfo=timezone(timedelta(hours=2)))),
        ("TimeBetween", {"after": "{{ vars.start }}"}, "after", "{{ vars.start }}"),
        ("DayWeek", {"dayOfWeek": "{{ vars.day }}"}, "day_of_week", "{{ vars.day }}"),
        ("PublicHoliday", {"country": "FR", "subDivision": "BW"}, "sub_division", "BW"),
        ("ExecutionNamespace", {"namespace": "company", "comparison": "PREFIX"}, "comparison", "PREFIX"),
        ("ExecutionNamespace", {"namespace": "company", "prefix": True}, "prefix", True),
        ("ExecutionStatus", {"in": ["SUCCESS"], "notIn": ["FAILED"]}, "in_", ("SUCCESS",)),
        ("ExecutionStatus", {"in": "{{ vars.states }}"}, "in_", "{{ vars.states }}"),
        ("HasRetryAttempt", {"notIn": ["FAILED"]}, "not_in", ("FAILED",)),
        ("ExecutionLabels", {"labels": {"system.from": "x", "count": 3}}, "labels", {"system.from": "x", "count": "3"}),
        ("ExecutionLabels", {"labels": [{"key": "owner", "value": "team"}]}, "labels", {"owner": "team"}),
        ("FlowNamespaceCondition", {"namespace": "company", "prefix": True}, "prefix", True),
    ],
)
def test_properties_are_read(name: str, properties: Properties, attribute: str, value: object) -> None:
    assert getattr(read_condition(name, properties), attribute) == value
    assert findings(name, properties) == []


@pytest.mark.parametrize(
    ("name", "properties", "path"),
    [
        ("DateTimeBetween", {"after": "2026-01-01"}, "after"),
        ("TimeBetween", {"after": "noon"}, "after"),
        ("DayWeek", {"dayOfWeek": "Monday"}, "dayOfWeek"),
        ("DayWeekInMonth", {"dayOfWeek": "MONDAY", "dayInMonth": "FIFTH"}, "dayInMonth"),
        ("ExecutionNamespace", {"namespace": "company", "comparison": "LIKE"}, "comparison"),
        ("ExecutionStatus", {"in": ["DONE"]}, "in[0]"),
        ("ExecutionLabels", {"labels": [{"key": "owner"}]}, "labels"),
        ("ExecutionLabels", {"labels": [{"key": ["owner"], "value": "team"}]}, "labels"),
        ("Not", {"conditions": []}, "conditions"),
        ("Or", {"conditions": []}, "conditions"),
    ],
)
def test_other_values_are_refused(name: str, properties: Properties, path: str) -> None:
    assert refusal(name, properties).startswith(f"{path}: ")
    assert len(findings(name, properties)) == 1


def test_a_span_of_dates_needs_a_bound() -> None:
    assert refusal("DateTimeBetween", {}) == ": Value error, expected `after`, `before` or both, found neither"


def test_conditions_in_conditions_are_read_and_their_mistakes_told_at_their_place() -> None:
    read = read_condition("Not", {"conditions": [condition("Or", {"conditions": [WEEKEND, ON_FLOW]})]})
    assert isinstance(read, Combination)
    assert isinstance(read.conditions[0], Combination)
    assert [inner.type for inner in read.conditions[0].conditions] == [WEEKEND["type"], ON_FLOW["type"]]
    wrong: Properties = {"conditions": [WEEKEND, condition("DayWeek", {"dayOfWeek": "MON"})]}
    assert refusal("Not", wrong).startswith("conditions[1].dayOfWeek: ")
