"""Flows to operate on, and the ways to bring their executions to where an operator finds them."""

from __future__ import annotations

import threading

from gitops.execution.state import Execution, State, TaskRun
from tests.engine.workshop import Workshop

ASKS = """
    id: asks
    namespace: company.team
    tasks:
      - id: ask
        type: io.kestra.plugin.core.flow.Pause
        onResume:
          - id: reason
            type: STRING
          - id: count
            type: INT
            defaults: 1
      - id: say
        type: io.kestra.plugin.core.debug.Return
        format: "{{ outputs.ask.onResume.reason }} {{ outputs.ask.onResume.count + 1 }} {{ outputs.ask.resumed.by }}"
"""
SLEEPS = """
    id: sleeps
    namespace: company.team
    tasks:
      - id: sleep
        type: io.kestra.plugin.core.flow.Sleep
        duration: PT1M
      - id: after
        type: io.kestra.plugin.core.debug.Return
        format: after
"""
FAILS = """
    id: fails
    namespace: company.team
    inputs:
      - id: limit
        type: INT
        defaults: 1
    tasks:
      - id: first
        type: io.kestra.plugin.core.debug.Return
        format: "{{ inputs.limit }}"
      - id: check
        type: io.kestra.plugin.core.execution.Fail
        condition: "{{ inputs.limit < 5 }}"
      - id: last
        type: io.kestra.plugin.core.debug.Return
        format: "{{ outputs.first.value }}"
    errors:
      - id: sorry
        type: io.kestra.plugin.core.log.Log
        message: sorry
"""


def begun(workshop: Workshop, source: str, state: State = State.PAUSED) -> Execution:
    """An execution of a flow that is in a state by now."""
    revision = workshop.add(source)
    execution = workshop.engine.create(revision.namespace, revision.flow_id)
    return workshop.until(execution.id, state)


def running(workshop: Workshop, source: str = SLEEPS, task_id: str = "sleep") -> Execution:
    """An execution of which the worker has claimed a task."""
    revision = workshop.add(source)
    changed = threading.Event()
    execution = workshop.engine.create(revision.namespace, revision.flow_id)
    unsubscribe = workshop.engine.news.subscribe(execution.id, changed.set)
    try:
        while run_of(found := workshop.load(execution.id), task_id).state is not State.RUNNING:
            assert changed.wait(20)
            changed.clear()
    finally:
        unsubscribe()
    return found


def run_of(execution: Execution, task_id: str) -> TaskRun:
    """The first task run of a task."""
    return next(run for run in execution.in_order() if run.task_id == task_id)


def done(workshop: Workshop, execution: Execution) -> Execution:
    """The execution when all of it has ended."""
    ended = workshop.engine.wait(execution.id, 20)
    assert ended.done
    assert workshop.load(execution.id) == ended, "what is remembered is what was written"
    return ended
