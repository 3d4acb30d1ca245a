"""Any execution that the machine could have made, for property tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from rpds import HashTrieMap

from gitops.execution.state import (
    ENDED,
    Attempt,
    Branch,
    Caller,
    Children,
    CommitReference,
    Execution,
    Moment,
    Progress,
    State,
    TaskRun,
    TriggeredBy,
)
from tests.replacing import replace

INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
# Without NUL: that is the one thing that both databases cannot hold.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | INSTANTS
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)
MAPPINGS = st.dictionaries(st.text(max_size=5), _VALUES, max_size=2)
_STATES = st.sampled_from(State)
_LIVE = st.sampled_from([state for state in State if state not in ENDED])


@st.composite
def _moments(draw: st.DrawFn, state: State) -> tuple[Moment, ...]:
    earlier = draw(st.lists(st.builds(Moment, _STATES, INSTANTS), max_size=3))
    return (*earlier, Moment(state, draw(INSTANTS)))


@st.composite
def _moved(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(_STATES)
    return {"state": state, "moments": draw(_moments(state))}


_CHILDREN = st.builds(
    Children,
    created=st.integers(0, 9),
    live=st.integers(0, 9),
    failed=st.integers(0, 9),
    worst=_STATES,
)
_PROGRESS = st.builds(Progress, branch=st.sampled_from(Branch), children=_CHILDREN, outcome=_STATES)


@st.composite
def _attempt(draw: st.DrawFn, number: int) -> Attempt:
    state = draw(_STATES)
    return Attempt(
        number=number,
        state=state,
        started_at=draw(st.none() | INSTANTS),
        ended_at=draw(INSTANTS) if state.ended else None,
        message=draw(st.none() | TEXTS),
        lost=draw(st.booleans()),
    )


@st.composite
def task_runs(draw: st.DrawFn, execution_id: str, sequence: int) -> TaskRun:
    """A task run of an execution at a place in its order."""
    return TaskRun(
        id=f"{execution_id}-{sequence}",
        execution_id=execution_id,
        task_id=draw(st.sampled_from(["one", "two"])),
        sequence=sequence,
        branch=draw(st.sampled_from(Branch)),
        parent_id=draw(st.none() | st.just(f"{execution_id}-0")),
        value=draw(st.none() | TEXTS),
        iteration=draw(st.none() | st.integers(0, 9)),
        attempts=tuple(draw(_attempt(number)) for number in range(1, draw(st.integers(0, 3)) + 1)),
        outputs=draw(st.none() | MAPPINGS),
        message=draw(st.none() | TEXTS),
        progress=draw(st.none() | _PROGRESS),
        **draw(_moved()),
    )


_FIXED = ("trigger", "commit", "parent_id", "original_id", "original_created_at", "schedule_date", "caller")
_CALLERS = st.builds(Caller, execution_id=TEXTS, task_run_id=TEXTS, attempt=st.integers(1, 9), index=st.integers(0, 9))


@st.composite
def executions(draw: st.DrawFn, /, execution_id: str, **known: Any) -> Execution:
    """An execution of revision 1 of team.hello; `known` are fields that are given."""
    moved = draw(_moved())
    runs = [draw(task_runs(execution_id, sequence)) for sequence in range(draw(st.integers(0, 3)))]
    made = Execution(
        id=execution_id,
        namespace="team",
        flow_id="hello",
        revision=1,
        created_at=draw(INSTANTS),
        inputs=draw(MAPPINGS),
        outputs=draw(st.none() | MAPPINGS),
        labels=tuple(draw(st.lists(st.tuples(TEXTS, TEXTS), max_size=3))),
        variables=draw(st.none() | MAPPINGS),
        trigger=draw(st.none() | st.builds(TriggeredBy, id=st.just("daily"), type=TEXTS, variables=MAPPINGS)),
        commit=draw(st.none() | st.builds(CommitReference, repository=st.just("flows"), sha=st.just("0" * 40))),
        message=draw(st.none() | TEXTS),
        progress=draw(_PROGRESS),
        done=moved["state"].ended and draw(st.booleans()),
        parent_id=draw(st.none() | TEXTS),
        original_id=draw(st.none() | TEXTS),
        original_created_at=draw(st.none() | INSTANTS),
        attempt_number=draw(st.integers(1, 9)),
        schedule_date=draw(st.none() | INSTANTS),
        caller=draw(st.none() | _CALLERS),
        **_holding({run.id: run for run in runs}),
        **moved,
    )
    return replace(made, **known)


def _holding(runs: dict[str, TaskRun]) -> dict[str, Any]:
    """The task runs, and what follows from them."""
    return {
        "task_runs": HashTrieMap(runs),
        "paused": sum(run.state is State.PAUSED for run in runs.values()),
        "next_sequence": max((run.sequence + 1 for run in runs.values()), default=0),
    }


@st.composite
def moved_executions(draw: st.DrawFn, before: Execution) -> tuple[Execution, set[str]]:
    """What `before` may have become, and the ids of the task runs that moved: old ones and new ones."""
    drawn = draw(executions(before.id, created_at=before.created_at, inputs=before.inputs))
    kept = {name: getattr(before, name) for name in _FIXED}
    if draw(st.booleans()):
        kept |= {"labels": before.labels, "variables": before.variables}
    runs = dict(before.task_runs.items())
    moved: set[str] = set()
    for place in range(draw(st.integers(0, 4))):
        now = draw(task_runs(before.id, place))
        old = runs.get(now.id)
        runs[now.id] = now if old is None else _moved_run(old, now)
        moved.add(now.id)
        if place > len(before.task_runs):
            break
    return replace(drawn, **_holding(runs), **kept), moved


def _moved_run(old: TaskRun, drawn: TaskRun) -> TaskRun:
    """The old task run with what may change taken from the drawn one; its attempts only grow."""
    attempts = (*old.attempts[:-1], *drawn.attempts[len(old.attempts[:-1]) :])
    return replace(
        old,
        state=drawn.state,
        moments=drawn.moments,
        outputs=drawn.outputs,
        message=drawn.message,
        progress=drawn.progress,
        attempts=attempts if len(attempts) >= len(old.attempts) else old.attempts,
    )
