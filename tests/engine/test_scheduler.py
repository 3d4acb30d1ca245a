"""Schedules fire at their dates, once, and survive restarts."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

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


def executions(workshop: Workshop) -> list[Execution]:
    with workshop.store.database.read() as connection:
        return workshop.store.executions.search(connection, ExecutionFilter(flow_id="hourly")).results


def make_due(workshop: Workshop, ago: timedelta) -> TriggerState:
    """Put the trigger's next date into the past, on the hour."""
    date = (clock.now() - ago).replace(minute=0, second=0, microsecond=0)
    due = replace(state_of(workshop), next_at=date)
    workshop.store.journal.write(lambda connection: workshop.store.triggers.upsert(connection, [due]))
    return due


def until_fired(workshop: Workshop) -> None:
    fired = threading.Event()
    unsubscribe = workshop.engine.news.subscribe(None, fired.set)
    try:
        workshop.engine.refresh_triggers()
        while not (found := executions(workshop)) or not found[0].done:
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
        last_hour = clock.now().replace(minute=0, second=0, microsecond=0)
        assert workshop.messages(execution) == [f"planned {last_hour.isoformat()}"]


def test_firing_for_a_date_twice_creates_one_execution(workshop: Workshop) -> None:
    workshop.add(HOURLY)
    due = make_due(workshop, timedelta(hours=0))
    until_fired(workshop)
    workshop.engine._scheduler._fire(due)
    assert len(executions(workshop)) == 1
