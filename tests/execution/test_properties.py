"""What holds for every flow and every order of events.

Random trees of small task types, then random flows of all flowables: with reports in any order, duplicates, lost
workers, called executions, and operators who kill, pause, restart, mark and replay.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.execution.events import AttemptLost, AttemptStarted, Event, KillAsked, TimerFired
from gitops.execution.state import Branch, State, worst
from tests.execution.forest import Driver, report, tree
from tests.execution.groves import Operator
from tests.execution.laws import check_laws, check_moves

_MOST_STEPS = 3_000


@st.composite
def flows(draw: st.DrawFn) -> dict[str, Any]:
    """A random flow of nested rows and fans."""
    numbers = count()
    options = st.fixed_dictionaries(
        {},
        optional={
            "allowFailure": st.booleans(),
            "allowWarning": st.booleans(),
            "disabled": st.sampled_from([False, False, False, True]),
            "runIf": st.sampled_from(["true", "true", "false", "{{ broken }}"]),
            "retry": st.just({"type": "random", "minInterval": "PT1S", "maxInterval": "PT2S", "maxAttempts": 2}),
        },
    )

    def task(depth: int) -> dict[str, Any]:
        made = {"id": f"t{next(numbers)}", **draw(options)}
        kind = draw(st.sampled_from(["work", "work", "row", "fan"])) if depth else "work"
        if kind == "work":
            return {**made, "type": "work"}
        return {**made, "type": kind, "tasks": some(depth - 1, 1), "errors": some(0, 0), "finally": some(0, 0)}

    def some(depth: int, least: int) -> list[dict[str, Any]]:
        return [task(depth) for _ in range(draw(st.integers(least, 3 if least else 1)))]

    return {"tasks": some(3, 1), "errors": some(1, 0), "finally": some(0, 0), "afterExecution": some(0, 0)}


def play(flow: dict[str, Any], data: st.DataObject, *, kills: bool, losses: bool) -> Driver:
    """Report open attempts in a random order, with duplicates, until nothing is left."""
    driver = Driver(tree(flow)).begin()
    told: list[Event] = []
    for _ in range(_MOST_STEPS):
        check(driver)
        if not driver.open and not driver.timers:
            return driver
        for event in next_events(driver, data, told, kills=kills, losses=losses):
            told.append(event)
            driver.give(event)
            repeated = driver.give(event)
            assert not repeated.changed
            assert repeated.effects == ()
    raise AssertionError("the execution does not end")


def next_events(driver: Driver, data: st.DataObject, told: list[Event], *, kills: bool, losses: bool) -> list[Event]:
    """What happens next: mostly an attempt or a timer, sometimes a kill or old news."""
    what = data.draw(st.sampled_from(["go", "go", "go", "go", "old", *(["kill"] if kills else [])]))
    if what == "kill":
        return [KillAsked()]
    if what == "old" and told:
        driver.give(data.draw(st.sampled_from(told)))
        return []
    if driver.timers and (not driver.open or data.draw(st.booleans())):
        timer = driver.timers.pop(data.draw(st.integers(0, len(driver.timers) - 1)))
        return [TimerFired(timer.purpose, timer.subject, timer.number)]
    start = driver.open.pop(data.draw(st.integers(0, len(driver.open) - 1)))
    end = data.draw(st.sampled_from(["success", "failure", *(["lost"] if losses else [])]))
    if end == "lost":
        return [AttemptStarted(start.task_run_id, start.attempt), AttemptLost(start.task_run_id, start.attempt)]
    ended = report(start.task_run_id, start.attempt, failed=end == "failure")
    return [AttemptStarted(start.task_run_id, start.attempt), ended]


def check(driver: Driver) -> None:
    """What must hold after every event."""
    execution = driver.execution
    assert all(number == 1 for number in driver.started.values()), "an attempt was started twice"
    check_laws(driver.flow, execution)
    check_moves(execution)
    for run in execution.task_runs.values():
        check_moves(run)


@settings(max_examples=150, deadline=None)
@given(flows(), st.data())
def test_every_execution_ends_with_all_of_its_task_runs(flow: dict[str, Any], data: st.DataObject) -> None:
    driver = play(flow, data, kills=False, losses=True)
    assert driver.execution.done
    assert driver.execution.state.ended
    assert all(run.state.ended for run in driver.execution.task_runs.values())
    assert len({run.sequence for run in driver.execution.task_runs.values()}) == len(driver.execution.task_runs)


@settings(max_examples=150, deadline=None)
@given(flows(), st.data())
def test_a_kill_at_any_point_ends_everything(flow: dict[str, Any], data: st.DataObject) -> None:
    driver = play(flow, data, kills=True, losses=True)
    execution = driver.execution
    assert execution.done
    assert all(run.state.ended for run in execution.task_runs.values())
    if State.KILLING in [moment.state for moment in execution.moments]:
        killed_at = next(moment.at for moment in execution.moments if moment.state is State.KILLING)
        later = [run for run in execution.in_order() if run.moments[0].at > killed_at]
        assert {run.branch for run in later if run.parent_id is None} <= {Branch.AFTER}
        assert execution.state is State.KILLED


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=6), st.data())
def test_the_result_does_not_depend_on_the_order_of_parallel_reports(ends: list[bool], data: st.DataObject) -> None:
    names = [f"t{number}" for number in range(len(ends))]
    flow = {"tasks": [{"id": "f", "type": "fan", "tasks": [{"id": name, "type": "work"} for name in names]}]}
    driver = Driver(tree(flow)).begin()
    for number in data.draw(st.permutations(range(len(ends)))):
        driver.end(names[number], failed=ends[number])
    assert driver.execution.state is (State.FAILED if any(ends) else State.SUCCESS)


@given(st.sampled_from(State), st.sampled_from(State), st.sampled_from(State))
def test_the_worst_of_results_is_the_same_in_any_order(first: State, second: State, third: State) -> None:
    assert worst(first, second) is worst(second, first)
    assert worst(worst(first, second), third) is worst(first, worst(second, third))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_every_flowable_ends(seed: int) -> None:
    operator = Operator.of(seed)
    operator.play(wishes=0)
    assert operator.execution.done
    check_moves(operator.execution)
    for run in operator.execution.task_runs.values():
        check_moves(run)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_operators_do_the_execution_ends(seed: int) -> None:
    operator = Operator.of(seed)
    operator.play(wishes=4)
    assert operator.execution.done
