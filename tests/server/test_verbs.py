"""Which verbs a state allows, and why one is not allowed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gitops.execution.state import Execution, State
from gitops.server.verbs import ALLOWED, Verb, allowed, why_not
from tests.replacing import replace

_EXECUTION = Execution(id="a", namespace="n", flow_id="f", revision=1, created_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (State.RUNNING, "pause kill labels"),
        (State.PAUSED, "resume kill state force-run labels"),
        (State.QUEUED, "kill force-run unqueue labels"),
        (State.KILLING, "labels"),
        (State.FAILED, "restart replay state change-status labels delete"),
    ],
)
def test_a_state_allows_these_verbs_in_the_order_of_the_menu(state: State, verbs: str) -> None:
    assert allowed(state) == verbs.split()


def test_every_verb_is_allowed_somewhere() -> None:
    assert set(ALLOWED) == set(Verb)
    assert all(ALLOWED.values())


def test_what_is_not_allowed_says_which_states_would_do() -> None:
    failed = replace(_EXECUTION, state=State.FAILED)
    assert why_not(failed, Verb.FORCE_RUN) == "it is FAILED; expected CREATED or QUEUED or PAUSED"
    assert why_not(failed, Verb.RESTART) is None
    assert why_not(None, Verb.RESTART) == "there is no such execution"
