"""Schedules fire at their dates, once, and survive restarts."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from gitops.engine import clock
from gitops.execution.state import Execution
from gitops.store.executions import ExecutionFilter
from gitops.store.triggers import TriggerState
from tests.engine.workshop import Workshop, open_workshop

HOURLY = """
    id: hourly
    namespace: company.team
    inputs:
      - id: kind
        type: STRING
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ inputs.kind }} {{ trigger.date }}"
    triggers:
      - id: clock
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "@hourly"
        inputs:
          kind: planned
"""


def state_of(workshop: Workshop) -> TriggerState:
    with workshop.store.database.read() as connection:
        state = workshop.store.triggers.get(connection, "company.team", "hourly", "clock")
    assert state is not None
    return state


SLOW = """
    id: hourly
    namespace: company.team
    tasks:
      - id: work
        type: io.kestra.plugin.scripts.shell.Commands
        commands: ["true"]
    triggers:
      - id: clock
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "@hourly"
"""


def hourly(source: str, *lines: str) -> str:
    """The flow with more properties of its trigger, which is the last thing in it."""
    return source + "".join(f"        {line}\n" for line in lines)


def executions(workshop: Workshop) -> list[Execution]:
    with workshop.store.database.read() as connection:
        return workshop.store.executions.search(connection, ExecutionFilter(flow_id="hourly")).results


def make_due(workshop: Workshop, ago: timedelta) -> TriggerState:
    """Put the trigger's next date into the past, on the hour."""
    date = (clock.now() - ago).replace(minute=0, second=0, microsecond=0)
    due = replace(state_of(workshop), next_at=date)
    workshop.store.journal.write(lambda connection: workshop.store.triggers.upsert(connection, [due]))
    return due


def fire(workshop: Workshop, due: TriggerState) -> None:
    """What the timer of the trigger calls."""
    workshop.engine._scheduler._fire(due)


def last_hour(ago: int = 0) -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(hours=ago)


def until_fired(workshop: Workshop, count: int = 1) -> None:
    """Wait until so many executions are done."""
    fired = threading.Event()
    unsubscribe = workshop.engine.news.subscribe(None, fired.set)
    try:
        workshop.engine.refresh_triggers()
        while sum(execution.done for execution in executions(workshop)) < count:
            assert fired.wait(20)
            fired.clear()
    finally:
        unsubscribe()


def test_a_due_schedule_creates_one_execution_and_moves_to_its_next_date(workshop: Workshop) -> None:
    workshop.add(HOURLY)
    due = make_due(workshop, timedelta(hours=0))
    until_fired(workshop)
    (execution,) = executions(workshop)
    assert due.next_at is not None
    assert workshop.messages(execution) == [f"planned {due.next_at.isoformat()}"]
    moved = state_of(workshop)
    assert moved.last_execution_id == execution.id
    assert moved.next_at == due.next_at + timedelta(hours=1)


def test_a_service_that_was_away_makes_up_for_the_last_missed_date_only(tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        workshop.add(HOURLY)
        make_due(workshop, timedelta(hours=50))
    with open_workshop(tmp_path) as workshop:
        until_fired(workshop)
        (execution,) = executions(workshop)
        assert workshop.messages(execution) == [f"planned {last_hour().isoformat()}"]


def test_firing_for_a_date_twice_creates_one_execution(workshop: Workshop) -> None:
    workshop.add(HOURLY)
    due = make_due(workshop, timedelta(hours=0))
    until_fired(workshop)
    fire(workshop, due)
    assert len(executions(workshop)) == 1


def test_all_missed_dates_are_made_up_for_one_after_the_other_when_the_trigger_says_so(tmp_path: Path) -> None:
    with open_workshop(tmp_path) as workshop:
        workshop.add(hourly(HOURLY, "recoverMissedSchedules: ALL"))
        make_due(workshop, timedelta(hours=2))
    with open_workshop(tmp_path) as workshop:
        until_fired(workshop, 3)
        made = sorted(executions(workshop), key=lambda execution: execution.created_at)
        told = [workshop.messages(execution) for execution in made]
        assert told == [[f"planned {last_hour(ago).isoformat()}"] for ago in (2, 1, 0)]
        assert state_of(workshop).next_at == last_hour(-1)


@pytest.mark.parametrize("line", ["recoverMissedSchedules: NONE", "lateMaximumDelay: PT0S"])
def test_missed_dates_are_given_up_when_the_trigger_says_so(workshop: Workshop, line: str) -> None:
    workshop.add(hourly(HOURLY, line))
    fire(workshop, make_due(workshop, timedelta(hours=2)))
    assert executions(workshop) == []
    assert state_of(workshop).next_at == last_hour(-1)


def test_a_date_that_is_late_but_not_too_late_fires(workshop: Workshop) -> None:
    workshop.add(hourly(HOURLY, "lateMaximumDelay: PT2H"))
    fire(workshop, make_due(workshop, timedelta(hours=50)))
    (execution,) = executions(workshop)
    assert workshop.messages(workshop.engine.wait(execution.id, 20)) == [f"planned {last_hour().isoformat()}"]


@pytest.mark.parametrize(
    ("lines", "created", "moved"),
    [
        ((), 1, True),
        (("allowConcurrent: true",), 2, True),
        (("recoverMissedSchedules: ALL",), 1, False),
    ],
    ids=["skips the date", "fires beside it", "waits for it"],
)
def test_while_its_last_execution_runs_a_trigger(
    tmp_path: Path, lines: tuple[str, ...], created: int, *, moved: bool
) -> None:
    with open_workshop(tmp_path, start=False) as workshop:  # nobody works on the executions
        workshop.add(hourly(SLOW, *lines))
        fire(workshop, make_due(workshop, timedelta(hours=0)))
        assert [execution.done for execution in executions(workshop)] == [False]
        due = make_due(workshop, timedelta(hours=0))
        fire(workshop, due)
        assert len(executions(workshop)) == created
        assert (state_of(workshop).next_at != due.next_at) is moved
