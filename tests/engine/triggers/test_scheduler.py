"""Schedules fire at their dates, once, and survive restarts, redeployments, and whatever operators do to them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gitops.errors import Conflict, InvalidUsage, NotFound
from gitops.execution.state import State
from tests.engine.triggers.trigger_bench import MONDAY, NAMESPACE, Bench, hours, open_bench
from tests.replacing import replace

HOURLY = """
id: hourly
namespace: company.team
inputs:
  - id: kind
    type: STRING
  - id: size
    type: INT
    defaults: 3
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: m
triggers:
  - id: t
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "@hourly"
    allowConcurrent: true
    inputs:
      kind: "planned {{ trigger.date }}"
"""
KEY = (NAMESPACE, "hourly", "t")


def hourly(*lines: str, concurrent: bool = True) -> str:
    """The flow with more properties of its trigger, which is the last thing in it."""
    source = HOURLY if concurrent else HOURLY.replace("    allowConcurrent: true\n", "")
    return source + "".join(f"    {line}\n" for line in lines)


def on(*hours_of_day: int, day: int = 23) -> list[str]:
    """Dates on full hours of a day of November."""
    return [f"2026-11-{day}T{hour:02}:00:00+00:00" for hour in hours_of_day]


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Triggers on Monday the 23rd of November 2026, at half past eight."""
    with open_bench(tmp_path, monkeypatch) as bench:
        yield bench


def test_each_date_gets_one_execution_with_rendered_inputs_and_defaults(bench: Bench) -> None:
    bench.deploy(HOURLY)
    assert bench.planned("hourly") == MONDAY + hours(0.5)
    bench.pass_to(MONDAY + hours(2))
    assert bench.dates("hourly") == on(9, 10)
    first = bench.executions("hourly")[0]
    assert first.inputs == {"kind": "planned 2026-11-23T09:00:00+00:00", "size": 3}
    assert bench.state("hourly").last_execution_id == bench.executions("hourly")[-1].id
    assert bench.state("hourly").next_at == MONDAY + hours(2.5)


def test_the_variables_of_a_schedule_skip_dates_whose_conditions_do_not_hold(bench: Bench) -> None:
    bench.deploy(hourly('when: "{{ hourOfDay(trigger.date) % 2 == 0 }}"'))
    bench.pass_to(MONDAY + hours(4))
    assert bench.dates("hourly") == on(10, 12)
    trigger = bench.executions("hourly")[0].trigger
    assert trigger is not None
    assert (trigger.variables["previous"], trigger.variables["next"]) == (on(8)[0], on(12)[0])


def test_conditions_and_those_of_the_old_name_must_all_hold(bench: Bench) -> None:
    after = "{type: io.kestra.plugin.core.condition.TimeBetween, after: '09:30:00Z'}"
    before = "{type: io.kestra.plugin.core.condition.TimeBetween, before: '11:30:00Z'}"
    unfit = "{type: io.kestra.plugin.core.condition.ExecutionStatus, in: [FAILED]}"
    bench.deploy(hourly(f"conditions: [{after}, {unfit}]", f"scheduleConditions: [{before}]"))
    bench.pass_to(MONDAY + hours(5))
    assert bench.dates("hourly") == on(10, 11)


def test_a_condition_that_cannot_be_evaluated_fails_an_execution_and_the_trigger_goes_on(bench: Bench) -> None:
    bench.deploy(hourly('when: "{{ nothing.at.all }}"', "stopAfter: [SUCCESS]"))
    bench.pass_to(MONDAY + hours(1))
    (failed,) = bench.executions("hourly")
    assert (failed.state, failed.done) == (State.FAILED, True)
    assert failed.message is not None
    assert "nothing" in failed.message
    assert bench.state("hourly").next_at == MONDAY + hours(1.5)
    with bench.store.database.read() as connection:
        assert [entry.message for entry in bench.store.logs.page(connection, failed.id)] == [failed.message]


@pytest.mark.parametrize(("line", "states"), [("", []), ("failOnTriggerError: true", [State.FAILED])])
def test_inputs_that_do_not_fit_make_no_execution_unless_the_trigger_wants_a_failed_one(
    bench: Bench, line: str, states: list[State]
) -> None:
    bench.deploy(hourly(*([line] if line else [])).replace('kind: "planned', 'size: "many'))
    bench.pass_to(MONDAY + hours(1))
    assert [each.state for each in bench.executions("hourly")] == states
    assert bench.state("hourly").next_at == MONDAY + hours(1.5)


def test_a_failed_execution_of_the_trigger_itself_stops_it_when_it_says_so(bench: Bench) -> None:
    bench.deploy(hourly('when: "{{ nothing.at.all }}"', "stopAfter: [FAILED]"))
    bench.pass_to(MONDAY + hours(5))
    assert len(bench.executions("hourly")) == 1
    assert bench.state("hourly").switched_off


def test_firing_for_a_date_twice_creates_one_execution(bench: Bench) -> None:
    bench.deploy(HOURLY)
    bench.pass_to(MONDAY + hours(1))
    bench.attend("hourly")
    bench.attend("hourly")
    assert bench.dates("hourly") == on(9)


def test_a_trigger_that_changed_while_it_fires_creates_nothing(bench: Bench) -> None:
    bench.deploy(HOURLY)
    bench.now = MONDAY + hours(1)
    firing, ready, go = bench.triggers._scheduler._schedules, threading.Event(), threading.Event()
    attend = firing.attend

    def late(*arguments: object) -> None:
        ready.set()
        assert go.wait(10)
        attend(*arguments)  # type: ignore[arg-type]  # handed on as they came

    firing.attend = late  # type: ignore[assignment, method-assign]  # holds the trigger between its reading and its firing
    thread = threading.Thread(target=bench.attend, args=("hourly",))
    thread.start()
    assert ready.wait(10)
    bench.remove("hourly")
    go.set()
    thread.join()
    assert bench.executions("hourly") == []


def test_a_flow_that_is_deleted_stops_firing_at_once(bench: Bench) -> None:
    bench.deploy(HOURLY)
    bench.remove("hourly")
    bench.pass_to(MONDAY + hours(5))
    assert bench.executions("hourly") == []
    assert bench.planned("hourly") is None


def test_what_its_source_disables_does_not_fire(bench: Bench) -> None:
    bench.deploy(hourly("disabled: true"))
    bench.pass_to(MONDAY + hours(5))
    assert bench.executions("hourly") == []
    bench.deploy(HOURLY)
    assert bench.planned("hourly") == MONDAY + hours(5.5)


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("", [*on(20), *on(21), *on(22)]),
        ("recoverMissedSchedules: ALL", on(20, 21, 22)),
        ("recoverMissedSchedules: LAST", on(22)),
        ("recoverMissedSchedules: NONE", []),
        ("lateMaximumDelay: PT2H", on(21, 22)),
    ],
)
def test_dates_that_passed_while_the_service_was_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, made: list[str]
) -> None:
    evening = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
    with open_bench(tmp_path, monkeypatch, now=evening) as bench:
        bench.deploy(hourly(*([line] if line else [])))
    with open_bench(tmp_path, monkeypatch, now=evening + hours(3)) as bench:
        bench.pass_to(bench.now)
        assert bench.dates("hourly") == made
        bench.pass_to(bench.now + hours(1))
        assert bench.dates("hourly") == [*made, *on(23)]


def test_while_its_last_execution_runs_a_trigger_waits_and_then_makes_up_for_its_dates(bench: Bench) -> None:
    bench.deploy(hourly("recoverMissedSchedules: NONE", concurrent=False))
    bench.pass_to(MONDAY + hours(1))
    bench.now = MONDAY + hours(3)
    bench.attend("hourly")
    (running,) = bench.executions("hourly")
    assert bench.state("hourly").locked_by == running.id
    bench.end(running, State.RUNNING, State.SUCCESS)
    assert bench.state("hourly").locked_by is None
    assert bench.planned("hourly") == bench.now
    bench.pass_to(bench.now)
    assert bench.dates("hourly") == on(9, 10)


def test_a_lock_survives_a_restart_and_one_of_a_deleted_execution_does_not_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_bench(tmp_path, monkeypatch) as bench:
        bench.deploy(hourly(concurrent=False))
        bench.pass_to(MONDAY + hours(1))
    with open_bench(tmp_path, monkeypatch, now=MONDAY + hours(2)) as bench:
        bench.attend("hourly")
        (running,) = bench.executions("hourly")
        bench.end(running, State.RUNNING, State.FAILED)
        bench.attend("hourly")
        assert bench.dates("hourly") == on(9, 10)


def test_a_trigger_can_be_unlocked(bench: Bench) -> None:
    bench.deploy(hourly(concurrent=False))
    bench.pass_to(MONDAY + hours(1))
    bench.triggers.operations.unlock(KEY)
    with pytest.raises(Conflict, match=r"trigger t of company\.team\.hourly is not locked"):
        bench.triggers.operations.unlock(KEY)
    bench.pass_to(MONDAY + hours(2))
    assert bench.dates("hourly") == on(9, 10)


@pytest.mark.parametrize(("end", "stops"), [(State.FAILED, True), (State.SUCCESS, False)])
def test_a_trigger_stops_after_states_that_it_names(bench: Bench, end: State, *, stops: bool) -> None:
    bench.deploy(hourly("stopAfter: [FAILED, KILLED]"))
    bench.pass_to(MONDAY + hours(1))
    bench.end(bench.executions("hourly")[0], State.RUNNING, end)
    assert bench.state("hourly").switched_off is stops
    bench.pass_to(MONDAY + hours(2))
    assert len(bench.executions("hourly")) == (1 if stops else 2)


def test_what_is_switched_off_stays_off_through_restarts_and_redeployments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_bench(tmp_path, monkeypatch) as bench:
        bench.deploy(HOURLY)
        bench.triggers.operations.switch(KEY, on=False)
        bench.pass_to(MONDAY + hours(1))
    with open_bench(tmp_path, monkeypatch, now=MONDAY + hours(2)) as bench:
        bench.deploy(hourly("description: edited"))
        bench.pass_to(MONDAY + hours(3))
        assert bench.executions("hourly") == []
        bench.triggers.operations.switch(KEY, on=True)
        bench.pass_to(MONDAY + hours(4))
        assert bench.dates("hourly") == on(11, 12)


@pytest.mark.parametrize(
    ("line", "made"),
    [("", on(9, 10)), ("recoverMissedSchedules: LAST", on(10)), ("recoverMissedSchedules: NONE", [])],
)
def test_dates_that_passed_while_it_was_off(bench: Bench, line: str, made: list[str]) -> None:
    bench.deploy(hourly(*([line] if line else [])))
    bench.triggers.operations.switch(KEY, on=False)
    bench.pass_to(MONDAY + hours(2))
    bench.triggers.operations.switch(KEY, on=True)
    bench.pass_to(bench.now)
    assert bench.dates("hourly") == made


def test_the_source_wins_over_operators(bench: Bench) -> None:
    bench.deploy(hourly("disabled: true"))
    with pytest.raises(Conflict, match="is disabled in its source; set `disabled: false` there"):
        bench.triggers.operations.switch(KEY, on=True)


def test_a_trigger_that_is_not_there_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound, match=r"there is no trigger t of company\.team\.hourly"):
        bench.triggers.operations.switch(KEY, on=True)


def test_an_edited_trigger_keeps_its_state_and_gets_a_new_date(bench: Bench) -> None:
    bench.deploy(HOURLY)
    bench.pass_to(MONDAY + hours(1))
    made = bench.executions("hourly")[0].id
    bench.triggers.operations.create_backfill(KEY, start=MONDAY - hours(3), paused=True)
    bench.deploy(HOURLY.replace("message: m", "message: other"))
    assert bench.state("hourly").backfill is not None
    bench.deploy(HOURLY.replace("@hourly", "15 * * * *"))
    state = bench.state("hourly")
    assert (state.last_execution_id, state.backfill) == (made, None)
    assert state.next_at == MONDAY + hours(1.75)


def test_a_trigger_that_was_removed_and_comes_back_is_a_new_one(bench: Bench) -> None:
    bench.deploy(HOURLY)
    bench.pass_to(MONDAY + hours(1))
    bench.triggers.operations.switch(KEY, on=False)
    bench.deploy(HOURLY.replace("- id: t", "- id: other"))
    bench.deploy(HOURLY)
    state = bench.state("hourly")
    assert (state.last_execution_id, state.switched_off) == (None, False)


def test_a_backfill_goes_through_its_dates_one_execution_at_a_time(bench: Bench) -> None:
    bench.deploy(HOURLY)
    start = datetime(2026, 11, 20, 22, tzinfo=UTC)
    bench.triggers.operations.create_backfill(
        KEY, start=start, end=start + hours(2), inputs={"kind": "late"}, labels=[("reason", "late")]
    )
    made = []
    while bench.state("hourly").backfill is not None:
        bench.pass_to(bench.now)
        bench.pass_to(bench.now)
        made.append(len(bench.executions("hourly")))
        bench.end(bench.executions("hourly")[-1], State.RUNNING, State.SUCCESS)
    assert made == [1, 2, 3]
    assert bench.dates("hourly") == [*on(22, 23, day=20), *on(0, day=21)]
    for execution in bench.executions("hourly"):
        assert execution.inputs["kind"] == "late"
        assert ("reason", "late") in execution.labels
    assert bench.planned("hourly") == MONDAY
    bench.pass_to(MONDAY + hours(1))
    assert bench.dates("hourly")[3:] == on(9)


def test_a_backfill_is_not_late_and_keeps_to_conditions(bench: Bench) -> None:
    bench.deploy(hourly("lateMaximumDelay: PT1M", 'when: "{{ hourOfDay(trigger.date) % 2 == 0 }}"'))
    bench.triggers.operations.create_backfill(KEY, start=MONDAY - hours(4), end=MONDAY)
    while bench.state("hourly").backfill is not None:
        bench.attend("hourly")
        for execution in bench.executions("hourly"):
            if not execution.done:
                bench.end(execution, State.RUNNING, State.SUCCESS)
    assert bench.dates("hourly") == on(6, 8)


def test_a_backfill_can_be_held_and_ended(bench: Bench) -> None:
    bench.deploy(HOURLY)
    operations = bench.triggers.operations
    operations.create_backfill(KEY, start=MONDAY - hours(4), paused=True)
    bench.pass_to(MONDAY + hours(2))
    assert bench.executions("hourly") == []
    operations.pause_backfill(KEY, paused=False)
    bench.pass_to(bench.now)
    assert bench.dates("hourly") == on(5)
    operations.delete_backfill(KEY)
    assert bench.state("hourly").next_at == MONDAY + hours(0.5)
    with pytest.raises(Conflict, match="has no backfill"):
        operations.delete_backfill(KEY)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 0, "expected `start` to be before `end`"), (1, None, "expected `start` to be before `end`")],
)
def test_a_backfill_needs_a_past(bench: Bench, start: float, end: float | None, words: str) -> None:
    bench.deploy(HOURLY)
    with pytest.raises(InvalidUsage, match=words):
        bench.triggers.operations.create_backfill(
            KEY, start=MONDAY + hours(start), end=None if end is None else MONDAY + hours(end)
        )


def test_one_backfill_at_a_time_and_none_of_what_is_off(bench: Bench) -> None:
    bench.deploy(HOURLY)
    bench.triggers.operations.create_backfill(KEY, start=MONDAY - hours(2), paused=True)
    with pytest.raises(Conflict, match="has a backfill already"):
        bench.triggers.operations.create_backfill(KEY, start=MONDAY - hours(2))
    bench.triggers.operations.delete_backfill(KEY)
    bench.triggers.operations.switch(KEY, on=False)
    with pytest.raises(Conflict, match="is disabled; enable it first"):
        bench.triggers.operations.create_backfill(KEY, start=MONDAY - hours(2))


def test_a_trigger_that_is_forgotten_begins_anew(bench: Bench) -> None:
    bench.deploy(HOURLY)
    bench.pass_to(MONDAY + hours(1))
    bench.triggers.operations.switch(KEY, on=False)
    bench.triggers.operations.delete(KEY)
    state = bench.state("hourly")
    assert (state.last_execution_id, state.switched_off, state.next_at) == (None, False, MONDAY + hours(1.5))


def test_dates_one_by_one_with_expressions(bench: Bench) -> None:
    tasks = HOURLY.partition("triggers:")[0].replace("hourly", "dated")
    source = tasks.replace("- id: kind", "- id: kind\n    defaults: k")
    bench.deploy(
        source
        + """
variables:
  first: "2026-11-23T10:00:00+01:00"
triggers:
  - id: t
    type: io.kestra.plugin.core.trigger.ScheduleOnDates
    timezone: Europe/Warsaw
    allowConcurrent: true
    dates: ["{{ vars.first }}", "2026-11-25T09:00:00Z", "2020-01-01T00:00:00Z"]
"""
    )
    bench.pass_to(MONDAY + timedelta(days=9))
    assert bench.dates("dated") == ["2026-11-23T10:00:00+01:00", "2026-11-25T10:00:00+01:00"]
    assert bench.planned("dated") is None


def test_a_thousand_schedules_have_one_timer(bench: Bench) -> None:
    """Deployed as rows, since a thousand deployments are not what is looked at."""
    bench.deploy(HOURLY)
    state = bench.state("hourly")

    many = [
        replace(state, flow_id=f"flow-{number}", next_at=MONDAY + timedelta(minutes=number + 1))
        for number in range(1000)
    ]
    bench.store.journal.write(lambda connection: bench.store.triggers.upsert(connection, many))
    bench.timers.set.clear()
    bench.triggers.refresh()
    assert [(name, date) for name, (date, _) in bench.timers.set.items()] == [
        ("triggers", MONDAY + timedelta(minutes=1))
    ]
