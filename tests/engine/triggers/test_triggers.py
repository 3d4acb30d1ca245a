"""The triggers inside a running engine: dates ring, executions create others, tasks switch triggers off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from gitops.engine import clock
from gitops.execution.state import Execution, State
from gitops.store.executions import ExecutionFilter
from gitops.store.triggers import TriggerState
from tests.engine.workshop import Workshop, open_workshop

EVERY_SECOND = """
    id: ticking
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "at {{ trigger.date }}"
    triggers:
      - id: t
        type: io.kestra.plugin.core.trigger.Schedule
        withSeconds: true
        cron: "* * * * * *"
        recoverMissedSchedules: NONE
"""
UPSTREAM = """
    id: load
    namespace: company.team
    tasks:
      - id: rows
        type: io.kestra.plugin.core.debug.Return
        format: "42"
    outputs:
      - id: rows
        type: INT
        value: "{{ outputs.rows.value }}"
"""
FOLLOWING = """
    id: report
    namespace: company.team
    inputs:
      - id: rows
        type: INT
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} {{ trigger.state }} {{ inputs.rows + 1 }}"
    triggers:
      - id: t
        type: io.kestra.plugin.core.trigger.Flow
        inputs:
          rows: "{{ trigger.outputs.rows }}"
        conditions:
          - type: io.kestra.plugin.core.condition.ExecutionFlow
            namespace: company.team
            flowId: load
"""
SWITCHING = """
    id: switching
    namespace: company.team
    tasks:
      - id: silence
        type: io.kestra.plugin.core.trigger.Toggle
        flowId: ticking
        trigger: t
"""


def executions(workshop: Workshop, flow_id: str) -> list[Execution]:
    with workshop.store.database.read() as connection:
        return workshop.store.executions.search(connection, ExecutionFilter(flow_id=flow_id)).results


def state_of(workshop: Workshop, flow_id: str) -> TriggerState:
    with workshop.store.database.read() as connection:
        state = workshop.store.triggers.get(connection, "company.team", flow_id, "t")
    assert state is not None
    return state


def until(workshop: Workshop, holds: Callable[[], bool]) -> None:
    """Wait for news until something holds."""
    heard = threading.Event()
    unsubscribe = workshop.engine.news.subscribe(None, heard.set)
    try:
        while not holds():
            assert heard.wait(20)
            heard.clear()
    finally:
        unsubscribe()


def done(workshop: Workshop, flow_id: str, count: int) -> Callable[[], bool]:
    return lambda: sum(each.done for each in executions(workshop, flow_id)) >= count


def test_a_schedule_rings_and_rings_again(workshop: Workshop) -> None:
    workshop.add(EVERY_SECOND)
    workshop.engine.refresh_triggers()
    until(workshop, done(workshop, "ticking", 2))
    made = executions(workshop, "ticking")
    assert all(len(workshop.messages(each)) == 1 for each in made if each.done)
    assert len({str(each.trigger and each.trigger.variables["date"]) for each in made}) == len(made)


def test_a_date_that_was_missed_is_made_up_for_after_a_restart(tmp_path: Path) -> None:
    source = EVERY_SECOND.replace("recoverMissedSchedules: NONE", "recoverMissedSchedules: LAST").replace(
        '"* * * * * *"', '"0 0 0 * * *"'
    )
    with open_workshop(tmp_path) as workshop:
        workshop.add(source)
        missed = replace(state_of(workshop, "ticking"), next_at=clock.now() - timedelta(days=3))
        workshop.store.journal.write(lambda connection: workshop.store.triggers.upsert(connection, [missed]))
    with open_workshop(tmp_path) as workshop:
        until(workshop, done(workshop, "ticking", 1))
        (made,) = executions(workshop, "ticking")
        midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
        assert made.trigger is not None
        assert made.trigger.variables["date"] == midnight.isoformat()


def test_an_execution_creates_one_of_another_flow(workshop: Workshop) -> None:
    workshop.add(FOLLOWING)
    workshop.engine.refresh_triggers()
    upstream = workshop.run(UPSTREAM)
    assert upstream.state is State.SUCCESS
    until(workshop, done(workshop, "report", 1))
    (made,) = executions(workshop, "report")
    assert workshop.messages(made) == ["load SUCCESS 43"]
    assert dict(made.labels)["system.correlationId"] == dict(upstream.labels)["system.correlationId"]


def test_a_task_switches_a_trigger_off(workshop: Workshop) -> None:
    workshop.add(EVERY_SECOND)
    workshop.engine.refresh_triggers()
    until(workshop, done(workshop, "ticking", 1))
    assert workshop.run(SWITCHING).state is State.SUCCESS
    assert state_of(workshop, "ticking").switched_off


def test_a_task_cannot_switch_a_trigger_that_is_not_there(workshop: Workshop) -> None:
    ended = workshop.run(SWITCHING)
    assert ended.state is State.FAILED
    assert [run.message for run in ended.in_order()] == ["there is no trigger t of company.team.ticking"]


def test_a_trigger_stops_after_an_end_that_it_names(workshop: Workshop) -> None:
    workshop.add(EVERY_SECOND + "        stopAfter: [SUCCESS]\n")
    workshop.engine.refresh_triggers()
    until(workshop, lambda: state_of(workshop, "ticking").switched_off)
    assert len(executions(workshop, "ticking")) == 1
