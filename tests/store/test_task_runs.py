"""Task runs one page at a time, and the marks that tell which of them moved; on both databases."""

from __future__ import annotations

from gitops.execution.state import Attempt, Execution, Moment, State
from gitops.store.change import Change
from gitops.store.executions import ExecutionFilter
from gitops.store.store import Store
from tests.replacing import replace
from tests.store.samples import created, execution, later, save, task_run, with_run


def _with_children(count: int) -> Execution:
    """An execution with one task run that holds some others."""
    made = execution()
    parent = task_run(made, attempts=())
    made = with_run(made, parent)
    for _ in range(count):
        made = with_run(made, task_run(made, parent_id=parent.id))
    return made


def test_a_page_holds_task_runs_with_their_attempts_in_the_order_of_creation(store: Store) -> None:
    made = _with_children(7)
    save(store, created(made), created(_with_children(1)))
    parent, *children = made.in_order()
    with store.database.read() as connection:
        page = store.task_runs.page(connection, made.id, parent_id=parent.id, page=2, size=3)
        everything = store.task_runs.page(connection, made.id, size=100)
        none = store.task_runs.page(connection, made.id, states=(State.FAILED,))
    assert (page.results, page.total) == (children[3:6], 7)
    assert everything.results == made.in_order()
    assert (none.results, none.total) == ([], 0)


def test_task_runs_are_found_by_their_ids_however_many(store: Store) -> None:
    made = _with_children(1_200)
    save(store, created(made))
    wanted = made.in_order()[5:1_105]
    with store.database.read() as connection:
        assert store.task_runs.named(connection, [run.id for run in reversed(wanted)]) == wanted
        assert store.task_runs.named(connection, []) == []


def test_marks_differ_when_a_task_run_moved_or_was_tried_again(store: Store) -> None:
    made = _with_children(2)
    save(store, created(made))
    parent, first, second = made.in_order()
    with store.database.read() as connection:
        before = store.task_runs.marks(connection, made.id)
    assert [(mark.id, mark.parent_id, mark.attempts) for mark in before] == [
        (parent.id, None, 0),
        (first.id, parent.id, 1),
        (second.id, parent.id, 1),
    ]
    tried = replace(first, attempts=(*first.attempts, Attempt(2)))
    moved = replace(second, moments=(*second.moments, Moment(State.RUNNING, later(9))))
    after = with_run(with_run(made, tried), moved)
    save(store, Change(before=made, after=after, moved=[first.id, second.id]))
    with store.database.read() as connection:
        marks = store.task_runs.marks(connection, made.id)
    assert [mark == old for mark, old in zip(marks, before, strict=True)] == [True, False, False]


def test_heads_and_ids_are_of_executions_without_their_task_runs(store: Store) -> None:
    first, second = _with_children(1), _with_children(1)
    save(store, created(first), created(second))
    with store.database.read() as connection:
        heads = store.executions.heads(connection, [second.id, "nothing"])
        ids = store.executions.ids(connection, ExecutionFilter(namespace="team"))
    assert list(heads) == [second.id]
    assert (heads[second.id].namespace, len(heads[second.id].task_runs)) == ("team", 0)
    assert set(ids) == {first.id, second.id}
