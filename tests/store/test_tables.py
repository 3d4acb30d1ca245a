from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import CheckConstraint, insert, select, text, update

from gitops.errors import StoreFailed
from gitops.store.store import Store
from gitops.store.tables import attempts, executions, logs, metadata, revisions, task_runs, timers
from tests.store.samples import NOON, created, execution, later, save, task_run, with_run


@pytest.fixture
def filled(store: Store) -> Store:
    """One running execution with one running task run and one running attempt."""
    made = execution(id="e")
    save(store, created(with_run(made, task_run(made, id="r"))))
    return store


_LOG = {"execution_id": "e", "at": NOON, "level": "INFO", "message": "m"}
_TIMER = {"execution_id": "e", "purpose": "RETRY", "subject": "r", "number": 1, "at": NOON}


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        (update(executions).values(state="BORED"), "ck_executions_state"),
        (update(executions).values(state="SUCCESS"), "ck_executions_state"),
        (update(executions).values(ended_at=NOON), "ck_executions_state"),
        (update(executions).values(done=True), "ck_executions_done"),
        (update(executions).values(trigger_id="daily"), "ck_executions_trigger"),
        (update(executions).values(repository="flows"), "ck_executions_commit"),
        (update(task_runs).values(state="BORED"), "ck_task_runs_state"),
        (update(task_runs).values(state="KILLED"), "ck_task_runs_state"),
        (update(task_runs).values(branch="twig"), "ck_task_runs_branch"),
        (update(task_runs).values(sequence=-1), "ck_task_runs_sequence"),
        (update(task_runs).values(iteration=-1), "ck_task_runs_iteration"),
        (update(attempts).values(state="FAILED"), "ck_attempts_state"),
        (update(attempts).values(number=0), "ck_attempts_number"),
        (insert(timers).values(**{**_TIMER, "number": -1}), "ck_timers_number"),
        (insert(logs).values(**{**_LOG, "level": "LOUD"}), "ck_logs_level"),
        (insert(logs).values(**{**_LOG, "attempt": 0}), "ck_logs_attempt"),
        (update(revisions).values(revision=0), "ck_revisions_revision|(?i:foreign key)"),
        (update(revisions).values(digest="short"), "ck_revisions_digest"),
        (update(revisions).values(deleted_by="somebody"), "ck_revisions_deleted"),
    ],
)
def test_what_the_core_never_does_is_refused(filled: Store, statement: Any, constraint: str) -> None:
    with pytest.raises(StoreFailed, match=constraint), filled.database.write() as connection:
        connection.execute(statement)


def test_a_place_in_an_execution_is_taken_once(filled: Store) -> None:
    made = execution(id="f")
    run = task_run(made)
    save(filled, created(with_run(made, run)))
    with pytest.raises(StoreFailed, match=r"(?i)unique"), filled.database.write() as connection:
        connection.execute(update(task_runs).where(task_runs.c.id == run.id).values(execution_id="e"))


def test_a_flow_has_one_current_revision(filled: Store) -> None:
    with filled.database.write() as connection:
        row = dict(connection.execute(select(revisions)).mappings().one())
    with pytest.raises(StoreFailed, match=r"(?i)unique"), filled.database.write() as connection:
        connection.execute(insert(revisions), {**row, "revision": 2})


def test_what_belongs_to_an_execution_goes_with_it(filled: Store) -> None:
    with filled.database.write() as connection:
        connection.execute(insert(timers), _TIMER)
        connection.execute(text("DELETE FROM executions"))
        for table in (task_runs, attempts, timers):
            assert connection.execute(select(table)).all() == []


def test_dates_are_kept_to_the_microsecond_in_utc(filled: Store) -> None:
    with filled.database.write() as connection:
        connection.execute(insert(timers), {**_TIMER, "at": later(0.000001)})
        (at,) = connection.execute(select(timers.c.at)).scalars()
    assert at.isoformat() == "2026-11-23T12:00:00.123457+00:00"


def test_every_check_has_a_name() -> None:
    for table in metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                assert str(constraint.name).startswith(f"ck_{table.name}_")
