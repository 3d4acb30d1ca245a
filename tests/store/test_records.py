from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

import pytest
from hypothesis import given

from gitops.execution.effects import Purpose
from gitops.execution.events import AttemptSucceeded, Event
from gitops.execution.state import Execution, State
from gitops.store.records import attempt_row, execution_row, history_row, task_run_row
from gitops.store.tables import attempts, executions, history, task_runs
from tests.store import record_strategies
from tests.store.samples import NOON, execution, task_run


def test_each_row_names_every_column() -> None:
    """A column that no row names would stay empty forever."""
    made = execution()
    run = task_run(made)
    assert set(execution_row(made)) == set(executions.c.keys())
    assert set(task_run_row(run)) == set(task_runs.c.keys())
    assert set(attempt_row(run.id, run.attempts[0])) == set(attempts.c.keys())


@given(record_strategies.executions("e"))
def test_an_end_date_is_there_exactly_when_the_state_is_an_end(made: Execution) -> None:
    ended_at = execution_row(made)["ended_at"]
    assert (ended_at is not None) == made.state.ended
    assert ended_at is None or ended_at == made.moments[-1].at


def test_the_history_names_an_event_by_its_class_and_holds_its_fields_but_for_outputs() -> None:
    event = AttemptSucceeded("run", 2, {"value": 1})
    row = history_row("e", NOON, event)
    fields = {"task_run_id": "run", "attempt": 2, "state": "SUCCESS"}
    assert row == {"execution_id": "e", "name": "AttemptSucceeded", "event": fields, "at": NOON}
    assert set(row) == set(history.c.keys()) - {"id"}


@pytest.mark.parametrize("kind", get_args(Event))
def test_every_kind_of_event_has_a_row(kind: Any) -> None:
    arguments = {"task_run_id": "run", "attempt": 1, "message": "no", "index": 0, "child_id": "c", "task_id": "t"}
    others = {"state": State.FAILED, "purpose": Purpose.RETRY, "labels": (), "item": None}
    names = {field.name for field in fields(kind)}
    event = kind(**{name: value for name, value in (arguments | others).items() if name in names})
    row = history_row("e", NOON, event)
    assert row["name"] == kind.__name__
    assert set(row["event"]) == names - {"began", "outputs"}, "only the engine needs to know which attempt reported"
