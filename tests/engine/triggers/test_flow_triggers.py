"""Flow triggers: which executions of other flows create one, alone or together, and what they hand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import yaml

from gitops.execution.state import Execution, State
from tests.engine.triggers.trigger_bench import MONDAY, NAMESPACE, TASKS, Bench, hours, open_bench

Properties = dict[str, Any]
CONDITION = "io.kestra.plugin.core.condition."
UPSTREAM = ("a", "b", "c")


def flow(flow_id: str, **trigger: object) -> str:
    """A flow; with properties of a Flow trigger, it has one."""
    triggers = [{"id": "t", "type": "io.kestra.plugin.core.trigger.Flow", **trigger}] if trigger else []
    source = {"id": flow_id, "namespace": NAMESPACE, **yaml.safe_load(TASKS)}
    return str(yaml.safe_dump({**source, **({"triggers": triggers} if triggers else {})}))


def of(*flows: str, **more: object) -> Properties:
    """Preconditions on some flows."""
    named = [{"namespace": NAMESPACE, "flowId": each, "states": ["SUCCESS"]} for each in flows]
    return {"preconditions": {"id": "all", "flows": named, **more}}


def after(*flows: str, **more: object) -> Properties:
    """Dependencies on some flows."""
    return {"dependsOn": [{"namespace": NAMESPACE, "flowId": each} for each in flows], **more}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Triggers on a Monday morning, and three flows to follow."""
    with open_bench(tmp_path, monkeypatch) as bench:
        for each in UPSTREAM:
            bench.deploy(flow(each))
        yield bench


def variables(execution: Execution) -> Properties:
    """What the trigger tells an execution."""
    assert execution.trigger is not None
    return dict(execution.trigger.variables)


def fired(bench: Bench, *flows: str) -> list[bool]:
    """Whether the end of an execution of each of these flows, one after the other, creates one."""
    return [bool(bench.happen(each)) for each in flows]


def test_without_a_filter_every_end_of_every_other_flow_creates_an_execution(bench: Bench) -> None:
    bench.deploy(flow("report", description="d"))
    labels = [("system.correlationId", "first"), ("owner", "data")]
    (created,) = bench.happen("a", State.RUNNING, State.WARNING, labels=labels, outputs={"rows": 3})
    assert created.flow_id == "report"
    assert created.trigger is not None
    assert (created.trigger.id, created.trigger.type) == ("t", "io.kestra.plugin.core.trigger.Flow")
    (upstream,) = bench.executions("a")
    assert variables(created) == {
        "executionId": upstream.id,
        "namespace": NAMESPACE,
        "flowId": "a",
        "flowRevision": 1,
        "state": "WARNING",
        "executionLabels": {"system.correlationId": "first", "owner": "data"},
        "outputs": {"rows": 3},
    }
    assert dict(created.labels)["system.correlationId"] == "first"
    assert bench.state("report").last_execution_id == created.id


def test_a_flow_does_not_follow_itself(bench: Bench) -> None:
    bench.deploy(flow("report", description="d"))
    assert bench.happen("report") == []


@pytest.mark.parametrize(
    ("states", "happening", "count"),
    [
        (None, (State.RUNNING,), 0),
        (None, (State.RUNNING, State.PAUSED), 1),
        (None, (State.RUNNING, State.SUCCESS), 1),
        (["RUNNING"], (State.RUNNING, State.SUCCESS), 1),
        (["RUNNING", "SUCCESS"], (State.RUNNING, State.SUCCESS), 2),
        (["FAILED"], (State.RUNNING, State.SUCCESS), 0),
    ],
)
def test_only_some_states_are_looked_at(
    bench: Bench, states: list[str] | None, happening: Sequence[State], count: int
) -> None:
    bench.deploy(flow("report", description="d", **({"states": states} if states else {})))
    assert len(bench.happen("a", *happening)) == count


def test_conditions_about_the_execution_must_hold(bench: Bench) -> None:
    conditions = [
        {"type": CONDITION + "ExecutionFlow", "namespace": NAMESPACE, "flowId": "a"},
        {"type": CONDITION + "ExecutionStatus", "in": ["SUCCESS"]},
        {"type": CONDITION + "Expression", "expression": "{{ trigger.outputs.rows > 2 }}"},
    ]
    bench.deploy(flow("report", conditions=conditions))
    assert bench.happen("b", outputs={"rows": 3}) == []
    assert bench.happen("a", State.FAILED, outputs={"rows": 3}) == []
    assert bench.happen("a", outputs={"rows": 2}) == []
    assert bench.happen("a") == []  # there are no outputs: the expression cannot be evaluated
    assert len(bench.happen("a", outputs={"rows": 3})) == 1


def test_when_decides_with_the_variables_of_the_trigger(bench: Bench) -> None:
    bench.deploy(flow("report", when="{{ trigger.flowId == 'a' and trigger.outputs.rows > 2 }}"))
    assert [bool(bench.happen("a", outputs={"rows": rows})) for rows in (2, 3)] == [False, True]


def test_inputs_are_rendered_with_the_outputs_and_labels_are_added(bench: Bench) -> None:
    source = yaml.safe_load(flow("report", inputs={"rows": "{{ trigger.outputs.rows }}"}, labels={"by": "t"}))
    source["inputs"] = [{"id": "rows", "type": "INT"}, {"id": "kind", "type": "STRING", "defaults": "usual"}]
    source["labels"] = {"owner": "team"}
    bench.deploy(yaml.safe_dump(source))
    (created,) = bench.happen("a", outputs={"rows": 3})
    assert created.inputs == {"rows": 3, "kind": "usual"}
    assert {"owner": "team", "by": "t"}.items() <= dict(created.labels).items()


def test_a_label_that_cannot_be_rendered_is_left_out(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.deploy(flow("report", labels={"by": "t", "rows": "{{ trigger.outputs.nothing }}"}))
    (created,) = bench.happen("a")
    assert created.state is not State.FAILED
    assert ("by", "t") in created.labels
    assert "rows" not in dict(created.labels)
    assert "trigger t of company.team.report: label rows is left out: Unable to find `nothing`" in caplog.text


def test_an_expression_of_a_condition_sees_the_execution(bench: Bench) -> None:
    expression = "{{ state == 'SUCCESS' and labels.owner == 'data' and outputs.rows > 2 }}"
    conditions = [{"type": "io.kestra.plugin.core.condition.Expression", "expression": expression}]
    bench.deploy(flow("report", conditions=conditions))
    labels = [("owner", "data")]
    assert [bool(bench.happen("a", labels=labels, outputs={"rows": rows})) for rows in (2, 3)] == [False, True]


def test_inputs_that_do_not_fit_fail_an_execution(bench: Bench) -> None:
    source = yaml.safe_load(flow("report", inputs={"rows": "many"}))
    source["inputs"] = [{"id": "rows", "type": "INT"}]
    bench.deploy(yaml.safe_dump(source))
    assert bench.happen("a") == []
    (failed,) = bench.executions("report")
    assert (failed.state, failed.done) == (State.FAILED, True)
    assert "rows" in str(failed.message)


@pytest.mark.parametrize(("fails", "count"), [(False, 0), (True, 1)])
def test_a_condition_that_cannot_be_evaluated_fails_an_execution_when_the_trigger_says_so(
    bench: Bench, count: int, *, fails: bool
) -> None:
    bench.deploy(flow("report", when="{{ nothing.at.all }}", failOnTriggerError=fails))
    assert bench.happen("a") == []
    assert [each.state for each in bench.executions("report")] == [State.FAILED] * count


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_all_preconditions_must_be_met_in_any_order_and_then_all_over_again(bench: Bench, order: Sequence[str]) -> None:
    bench.deploy(flow("report", **of("a", "b")))
    assert fired(bench, *order, *order, "c") == [False, True, False, True, False]


def test_one_of_them_twice_is_not_both_of_them(bench: Bench) -> None:
    bench.deploy(flow("report", **of("a", "b")))
    assert fired(bench, "a", "a", "a") == [False, False, False]


def test_without_a_reset_each_further_one_fires_again(bench: Bench) -> None:
    bench.deploy(flow("report", **of("a", "b", resetOnSuccess=False)))
    assert fired(bench, "a", "b", "a", "c") == [False, True, True, False]


def test_states_and_labels_of_preconditions_count(bench: Bench) -> None:
    wanted = {"namespace": NAMESPACE, "flowId": "a", "states": ["FAILED"], "labels": {"owner": "data"}}
    bench.deploy(flow("report", preconditions={"id": "p", "flows": [wanted]}))
    assert bench.happen("a", State.SUCCESS, labels=[("owner", "data")]) == []
    assert bench.happen("a", State.FAILED, labels=[("owner", "team")]) == []
    assert len(bench.happen("a", State.FAILED, labels=[("owner", "data")])) == 1


def where(*filters: Properties, operand: str = "AND") -> Properties:
    """Preconditions with one entry of filters."""
    return {"preconditions": {"id": "p", "where": [{"id": "w", "operand": operand, "filters": list(filters)}]}}


@pytest.mark.parametrize(
    ("entry", "fires"),
    [
        ({"field": "FLOW_ID", "type": "EQUAL_TO", "value": "a"}, True),
        ({"field": "FLOW_ID", "type": "NOT_EQUAL_TO", "value": "a"}, False),
        ({"field": "FLOW_ID", "type": "EQUAL_TO", "value": "{{ 'a' }}"}, True),
        ({"field": "FLOW_ID", "type": "IN", "values": ["a", "b"]}, True),
        ({"field": "FLOW_ID", "type": "NOT_IN", "values": ["a", "b"]}, False),
        ({"field": "NAMESPACE", "type": "STARTS_WITH", "value": "company"}, True),
        ({"field": "NAMESPACE", "type": "ENDS_WITH", "value": "company"}, False),
        ({"field": "NAMESPACE", "type": "CONTAINS", "value": "pany.t"}, True),
        ({"field": "NAMESPACE", "type": "REGEX", "value": "company[.].*"}, True),
        ({"field": "NAMESPACE", "type": "REGEX", "value": "company"}, False),
        ({"field": "STATE", "type": "IS_NOT_NULL", "value": ""}, True),
        ({"field": "STATE", "type": "IS_NULL", "value": ""}, False),
        ({"field": "EXPRESSION", "type": "IS_TRUE", "value": "{{ trigger.outputs.rows > 2 }}"}, True),
        ({"field": "EXPRESSION", "type": "IS_FALSE", "value": "{{ trigger.outputs.rows > 2 }}"}, False),
        ({"field": "EXPRESSION", "type": "IS_NULL", "value": "{{ trigger.outputs.none ?? '' }}"}, True),
        ({"field": "EXPRESSION", "type": "IS_TRUE", "value": "{{ trigger.outputs.none }}"}, False),
    ],
)
def test_filters(bench: Bench, entry: Properties, *, fires: bool) -> None:
    bench.deploy(flow("report", **where(entry)))
    assert bool(bench.happen("a", outputs={"rows": 3})) is fires


@pytest.mark.parametrize(("operand", "fires"), [("AND", False), ("OR", True)])
def test_filters_of_one_entry_hold_all_or_one(bench: Bench, operand: str, *, fires: bool) -> None:
    yes = {"field": "FLOW_ID", "type": "EQUAL_TO", "value": "a"}
    no = {"field": "STATE", "type": "EQUAL_TO", "value": "FAILED"}
    bench.deploy(flow("report", **where(yes, no, operand=operand)))
    assert bool(bench.happen("a")) is fires


@pytest.mark.parametrize(
    ("window", "begin", "later", "fires"),
    [
        (None, 0, 15, True),  # the same day
        (None, 0, 16, False),  # past midnight
        ({"window": "PT6H"}, 0, 3, True),
        ({"window": "PT6H"}, 0, 4, False),  # slots end at noon
        ({"window": "PT6H", "windowAdvance": "PT1H"}, 0, 4, True),
        ({"type": "SLIDING_WINDOW", "window": "PT2H"}, 0, 1.9, True),
        ({"type": "SLIDING_WINDOW", "window": "PT2H"}, 0, 2, False),
        ({"type": "DAILY_TIME_DEADLINE", "deadline": "10:00:00"}, 0, 1, True),
        ({"type": "DAILY_TIME_DEADLINE", "deadline": "10:00:00"}, 0, 2, False),
        ({"type": "DAILY_TIME_DEADLINE", "deadline": "10:00:00"}, 2, 16, False),
        ({"type": "DAILY_TIME_WINDOW", "startTime": "08:00", "endTime": "10:00"}, 0, 1, True),
        ({"type": "DAILY_TIME_WINDOW", "startTime": "09:00", "endTime": "10:00"}, 0, 1, False),
        ({"type": "DAILY_TIME_WINDOW", "startTime": "22:00", "endTime": "06:00"}, 14, 20, True),
    ],
)
def test_all_must_happen_in_one_span_of_time(
    bench: Bench, window: Properties | None, begin: float, later: float, *, fires: bool
) -> None:
    bench.deploy(flow("report", **of("a", "b", **({"timeWindow": window} if window else {}))))
    bench.now = MONDAY + hours(begin)
    bench.happen("a")
    bench.now = MONDAY + hours(later)
    assert bool(bench.happen("b")) is fires


def test_a_condition_over_several_executions_holds_once_all_of_them_happened(bench: Bench) -> None:
    named = {name: {"type": CONDITION + "ExecutionFlow", "namespace": NAMESPACE, "flowId": name} for name in ("a", "b")}
    successes = {"type": CONDITION + "ExecutionStatus", "in": ["SUCCESS"]}
    both = {"type": CONDITION + "MultipleCondition", "id": "both", "window": "P1D", "conditions": named}
    bench.deploy(flow("report", conditions=[successes, both]))
    assert bench.happen("a", State.FAILED) == []
    assert fired(bench, "b", "a", "a", "b") == [False, True, False, True]


def test_what_happened_survives_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_bench(tmp_path, monkeypatch) as bench:
        for each in UPSTREAM:
            bench.deploy(flow(each))
        bench.deploy(flow("report", **of("a", "b")))
        assert bench.happen("a") == []
    with open_bench(tmp_path, monkeypatch, now=MONDAY + hours(1)) as bench:
        assert len(bench.happen("b")) == 1


def test_an_edited_trigger_forgets_what_happened(bench: Bench) -> None:
    bench.deploy(flow("report", **of("a", "b")))
    bench.happen("a")
    bench.deploy(flow("report", description="edited", **of("a", "b")))
    assert fired(bench, "b", "a") == [False, True]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [False, False, True]),
        ({"mode": "ALL"}, [False, False, True]),
        ({"mode": "ANY"}, [True, True, True]),
        ({"mode": "ANY", "window": {"every": "P1D", "fireOnce": True}}, [True, False, False]),
        ({"mode": "AT_LEAST", "minSatisfied": 2}, [False, True, False]),
    ],
)
def test_so_many_dependencies_must_be_met(bench: Bench, more: Properties, expected: list[bool]) -> None:
    bench.deploy(flow("report", **after("a", "b", "c", **more)))
    assert fired(bench, "a", "b", "c") == expected


def test_a_dependency_looks_at_states_labels_and_when(bench: Bench) -> None:
    entry = {
        "namespace": NAMESPACE,
        "states": ["SUCCESS"],
        "labels": {"owner": "data"},
        "when": "{{ flowId == 'a' and state == 'SUCCESS' and outputs.rows > 2 and labels.owner == 'data' "
        "and not hasRetryAttempt }}",
    }
    bench.deploy(flow("report", dependsOn=[entry]))
    good: Properties = {"labels": [("owner", "data")], "outputs": {"rows": 3}}
    assert bench.happen("a", State.FAILED, **good) == []
    assert bench.happen("a", **{**good, "labels": []}) == []
    assert bench.happen("a", **{**good, "outputs": {"rows": 2}}) == []
    assert bench.happen("b", **good) == []
    assert len(bench.happen("a", **good)) == 1


def test_outputs_of_several_flows_are_told_by_flow(bench: Bench) -> None:
    bench.deploy(flow("report", **after("a", "b")))
    bench.happen("a", outputs={"rows": 1})
    (created,) = bench.happen("b", outputs={"rows": 2})
    assert variables(created)["outputs"] == {"a": {"rows": 1}, "b": {"rows": 2}}


def test_outputs_of_preconditions_are_told_together_too(bench: Bench) -> None:
    bench.deploy(flow("report", **of("a", "b")))
    bench.happen("a", outputs={"x": 1})
    (created,) = bench.happen("b", outputs={"y": 2})
    assert variables(created)["outputs"] == {"a": {"x": 1}, "b": {"y": 2}, "x": 1, "y": 2}


@pytest.mark.parametrize(("later", "fires"), [(2.0, True), (2.1, False)])
def test_a_dependency_may_have_been_met_so_long_ago(bench: Bench, later: float, *, fires: bool) -> None:
    bench.deploy(flow("report", **after("a", "b", window={"lookback": "PT2H"})))
    bench.happen("a")
    bench.now = MONDAY + hours(later)
    assert bool(bench.happen("b")) is fires


DEADLINE: Properties = {"window": {"deadline": "10:00:00"}, "onMiss": {"behavior": "FAIL", "labels": {"late": "yes"}}}


def close_windows(bench: Bench, now: datetime) -> None:
    """Let time pass, and end the windows that close."""
    bench.now = now
    closings = bench.triggers._closings
    for key, date in sorted(closings._agenda.dates().items(), key=lambda each: each[1]):
        if date <= now:
            closings.close(key)


def test_a_deadline_that_passes_unmet_fails_an_execution_each_day(bench: Bench) -> None:
    bench.deploy(flow("report", **after("a", "b", **DEADLINE)))
    bench.happen("a")
    close_windows(bench, MONDAY + hours(1.5))
    (failed,) = bench.executions("report")
    assert failed.state is State.FAILED
    assert ("late", "yes") in failed.labels
    assert failed.message == "what the trigger `t` waits for has not happened until 2026-11-23T10:00:00+00:00"
    close_windows(bench, MONDAY + hours(24))
    assert len(bench.executions("report")) == 1
    close_windows(bench, MONDAY + hours(25.5))
    assert len(bench.executions("report")) == 2


def test_a_deadline_that_is_met_fails_nothing_and_the_next_day_begins_anew(bench: Bench) -> None:
    bench.deploy(flow("report", **after("a", "b", **DEADLINE)))
    assert fired(bench, "a", "b") == [False, True]
    close_windows(bench, MONDAY + hours(1.5))
    assert all(each.state is not State.FAILED for each in bench.executions("report"))
    bench.now = MONDAY + hours(24)
    assert fired(bench, "b", "a") == [False, True]


def test_a_deadline_that_passed_while_the_service_was_away_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_bench(tmp_path, monkeypatch) as bench:
        bench.deploy(flow("a"))
        bench.deploy(flow("report", **after("a", **DEADLINE)))
    with open_bench(tmp_path, monkeypatch, now=MONDAY + timedelta(days=3)) as bench:
        close_windows(bench, bench.now)
        assert len(bench.executions("report")) == 1


def test_a_window_without_on_miss_is_forgotten_when_it_ends(bench: Bench) -> None:
    bench.deploy(flow("report", **of("a", "b")))
    bench.happen("a")
    close_windows(bench, MONDAY + hours(24))
    with bench.store.database.read() as connection:
        assert list(bench.store.trigger_windows.closing(connection)) == []
    assert bench.executions("report") == []


def test_a_trigger_that_is_off_or_gone_follows_nothing(bench: Bench) -> None:
    bench.deploy(flow("report", description="d"))
    bench.triggers.operations.switch((NAMESPACE, "report", "t"), on=False)
    assert bench.happen("a") == []
    bench.triggers.operations.switch((NAMESPACE, "report", "t"), on=True)
    assert len(bench.happen("a")) == 1
    bench.remove("report")  # nobody was told yet
    assert bench.happen("a") == []


def test_executions_cost_no_query_while_no_live_flow_follows_any(bench: Bench) -> None:
    connection = Mock()
    execution = bench.create("a")
    assert list(bench.triggers.follow(connection, execution, [State.RUNNING, State.SUCCESS])) == []
    assert connection.mock_calls == []
