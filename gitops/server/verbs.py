"""What operators may do to an execution, by its state: one table for the API's bulk checks and for the pages' menus.

The engine has the last word: an execution may have moved since it was looked at. What changes nothing in a state is
allowed there, as Kestra allows it, but not offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from gitops.execution.state import ENDED, Execution, State


class Verb(StrEnum):
    """The operators' verbs; each is the last part of its address."""

    PAUSE = "pause"
    RESUME = "resume"
    KILL = "kill"
    RESTART = "restart"
    REPLAY = "replay"
    MARK = "state"
    CHANGE_STATE = "change-status"
    FORCE_RUN = "force-run"
    UNQUEUE = "unqueue"
    LABELS = "labels"
    DELETE = "delete"


_ALL = frozenset(State)
_LIVE = _ALL - ENDED

ALLOWED: Mapping[Verb, frozenset[State]] = {
    Verb.PAUSE: frozenset({State.RUNNING}),
    Verb.RESUME: frozenset({State.PAUSED}),
    Verb.KILL: _LIVE - {State.KILLING},
    Verb.RESTART: frozenset({State.FAILED, State.KILLED, State.CANCELLED, State.RETRIED, State.PAUSED}),
    Verb.REPLAY: ENDED,
    Verb.MARK: ENDED | {State.PAUSED},
    Verb.CHANGE_STATE: ENDED,
    Verb.FORCE_RUN: _LIVE,
    Verb.UNQUEUE: frozenset({State.QUEUED}),
    Verb.LABELS: ENDED,
    Verb.DELETE: ENDED,
}


_OFFERED = {
    **ALLOWED,
    Verb.RESTART: ALLOWED[Verb.RESTART] - {State.PAUSED},
    Verb.FORCE_RUN: frozenset({State.CREATED, State.QUEUED, State.PAUSED}),
}


def offered(state: State) -> list[Verb]:
    """The verbs that make sense for an execution in this state, in the order of the menu."""
    return [verb for verb, states in _OFFERED.items() if state in states]


def why_not(execution: Execution | None, verb: Verb | None) -> str | None:
    """Why an execution does not allow the verb; None when it does. Without a verb it only has to exist."""
    if execution is None:
        return "there is no such execution"
    if verb is None or execution.state in ALLOWED[verb]:
        return None
    *others, last = (state.value for state in State if state in ALLOWED[verb])
    return f"it is {execution.state}; expected {' or '.join(filter(None, [', '.join(others), last]))}"
