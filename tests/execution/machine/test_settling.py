"""Parents whose children changed: nothing decides twice, nothing is forgotten, and mistakes fail their task only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import pytest

from gitops.catalog.catalogue import Catalogue
from gitops.errors import TaskFailed
from gitops.execution.flowable import Again, Begin, Conclusion, Done, Family, Flowable, GoOn, Hold, Next, Render
from gitops.execution.state import Branch, State
from gitops.execution.tree import FlowTree
from gitops.language.flow import read_flow
from gitops.language.task import Task, Tasks
from tests.execution.forest import Driver, Fan, Row, Work, work


class Odd(Flowable):
    """A flowable that does one thing as it is told."""

    type: Literal["odd"]
    tasks: Tasks
    errors: Tasks = ()
    how: str

    def branch(self, branch: Branch) -> Sequence[Task]:
        return {Branch.TASKS: self.tasks, Branch.ERRORS: self.errors}.get(branch, ())

    def begin(self, render: Render) -> Begin:
        if self.how == "no beginning":
            raise TaskFailed("it cannot begin")
        return Begin(decision={"told": self.how}, outputs={"begun": True})

    def next(self, family: Family) -> Next:
        if self.how == "no next":
            raise TaskFailed("it does not know what is next")
        return super().next(family)

    def conclude(self, family: Family, render: Render, *, began: datetime, now: datetime) -> Conclusion:
        found: dict[str, Conclusion] = {
            "warns": Done(state=State.WARNING, outputs={"done": 1}),
            "fails": Done(state=State.FAILED, message="it was too much"),
            "exits": Done(exit=State.CANCELLED),
            "again": Done() if family.cursor else Again(timedelta(0)),
            "goes on": Done() if family.cursor else GoOn("yes", outputs={"went": "on"}),
            "holds": Done() if family.cursor else Hold(duration=timedelta(seconds=1)),
        }
        if self.how == "no end":
            raise TaskFailed("it cannot end")
        return found.get(self.how, Done())

    def accept(self, family: Family, given: Mapping[str, object], *, to: State, now: datetime) -> Mapping[str, object]:
        return {"accepted": to.value}


def odd(how: str, *tasks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "odd", "type": "odd", "how": how, "tasks": list(tasks or [work("a")]), **more}


def run(*tasks: dict[str, Any], failing: set[str] = frozenset(), **flow: Any) -> Driver:  # type: ignore[assignment]  # an empty set
    kinds = Catalogue({"Task": [Work, Row, Fan, Odd], "Trigger": [], "Condition": [], "TaskRunner": []})
    read = read_flow({"id": "flow", "namespace": "tests", "tasks": list(tasks), **flow}, kinds)
    driver = Driver(FlowTree(read)).begin()
    driver.run_all(failing)
    assert driver.execution.done
    return driver


@pytest.mark.parametrize(
    ("how", "message", "ran"),
    [
        ("no beginning", "it cannot begin", []),
        ("no next", "it does not know what is next", []),
        ("no end", "it cannot end", ["a"]),
        ("fails", "it was too much", ["a"]),
    ],
)
def test_a_mistake_of_a_flowable_fails_it_and_the_flow_goes_on_from_there(
    how: str, message: str, ran: list[str]
) -> None:
    driver = run(odd(how, errors=[work("sorry")]), errors=[work("flow_sorry")])
    assert (driver.task_run("odd").state, driver.task_run("odd").message) == (State.FAILED, message)
    own = [] if how == "no beginning" else ["sorry"]
    assert list(driver.states()) == ["odd", *ran, *own, "flow_sorry"]


def test_a_result_may_be_another_than_that_of_the_children() -> None:
    driver = run(odd("warns"), work("next"))
    assert driver.states() == {"odd": "WARNING", "a": "SUCCESS", "next": "SUCCESS"}
    assert driver.task_run("odd").outputs == {"done": 1}


def test_after_a_failure_nothing_is_concluded() -> None:
    driver = run(odd("warns"), failing={"a"})
    assert (driver.states(), driver.task_run("odd").outputs) == ({"odd": "FAILED", "a": "FAILED"}, {"begun": True})


def test_an_end_may_be_that_of_the_execution() -> None:
    driver = run({"id": "r", "type": "row", "tasks": [odd("exits"), work("b")]}, work("next"))
    assert driver.states() == {"r": "CANCELLED", "odd": "CANCELLED", "a": "SUCCESS"}
    assert driver.execution.state is State.CANCELLED


def test_children_may_run_again() -> None:
    driver = run(odd("again"))
    assert driver.task_run("odd").state is State.SUCCESS
    assert sum(driver.started.values()) == 2


def test_a_next_phase_begins_without_a_wait() -> None:
    driver = run(odd("goes on"))
    decision = driver.task_run("odd").decision
    assert (decision, driver.task_run("odd").outputs) == ({"told": "goes on", "answer": "yes"}, {"went": "on"})


def test_a_hold_is_accepted_when_its_time_is_over() -> None:
    driver = run(odd("holds"))
    assert driver.task_run("odd").outputs == {"begun": True, "accepted": "SUCCESS"}


@pytest.mark.parametrize("count", [0, 1, 200])
def test_many_children_end_in_any_number(count: int) -> None:
    tasks = [work(f"t{number}", runIf="false") for number in range(count)]
    driver = run({"id": "f", "type": "fan", "tasks": [*tasks, work("last")]})
    assert driver.execution.state is State.SUCCESS
    assert len(driver.execution.task_runs) == count + 2
