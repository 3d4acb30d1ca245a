"""Executions that were done a moment ago: the last ones are kept, and not too many."""

from __future__ import annotations

from rpds import HashTrieMap

from gitops.engine import ended
from gitops.engine.ended import Ended
from gitops.execution.state import Execution, TaskRun
from tests.execution.forest import new_execution
from tests.replacing import replace


def execution(id_: str, size: int = 0) -> Execution:
    runs = {
        str(number): TaskRun(id=str(number), execution_id=id_, task_id="t", sequence=number) for number in range(size)
    }
    return replace(new_execution(), id=id_, task_runs=HashTrieMap(runs))


def test_what_is_kept_is_found_until_it_is_dropped() -> None:
    kept, one = Ended(), execution("one")
    kept.keep(one)
    assert (kept.get("one"), kept.get("other")) == (one, None)
    kept.drop("one")
    kept.drop("one")
    assert kept.get("one") is None


def test_the_newest_version_counts() -> None:
    kept = Ended()
    kept.keep(execution("one"))
    later = execution("one", 3)
    kept.keep(later)
    assert kept.get("one") is later


def test_the_oldest_go_when_there_are_too_many_task_runs() -> None:
    kept, most = Ended(), ended._MOST_TASK_RUNS
    for name in ("a", "b", "c"):
        kept.keep(execution(name, most // 2 - 1))
    assert [kept.get(name) is None for name in ("a", "b", "c")] == [True, False, False]


def test_one_that_is_too_large_is_kept_alone() -> None:
    kept = Ended()
    kept.keep(execution("small"))
    kept.keep(execution("large", ended._MOST_TASK_RUNS + 1))
    assert (kept.get("small"), kept.get("large") is None) == (None, False)
    kept.keep(execution("next"))
    assert (kept.get("large"), kept.get("next") is None) == (None, False)
