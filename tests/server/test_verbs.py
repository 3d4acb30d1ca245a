"""Which verbs a state allows, and why one is not allowed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gitops.execution.state import Execution, State
from gitops.server.verbs import ALLOWED, Verb, offered, why_not
from tests.replacing import replace

_EXECUTION = Execution(id="a", namespace="n", flow_id="f", revision=1, created_at=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        (State.RUNNING, "pause kill"),
        (State.PAUSED, "resume kill state force-run"),
        (State.QUEUED, "kill force-run unqueue"),
        (State.KILLING, ""),
        (State.FAILED, "restart replay state change-status labels delete"),
    ],
)
def test_a_state_offers_these_verbs_in_the_order_of_the_menu(state: State, verbs: str) -> None:
    assert offered(state) == verbs.split()


def test_every_verb_is_allowed_somewhere() -> None:
    assert set(ALLOWED) == set(Verb)
    assert all(ALLOWED.values())


def test_what_is_not_allowed_says_which_states_would_do() -> None:
    failed = replace(_EXECUTION, state=State.FAILED)
    assert why_not(failed, Verb.PAUSE) == "it is FAILED; expected RUNNING"
    assert why_not(failed, Verb.MARK) is None
    running = replace(_EXECUTION, state=State.RUNNING)
    assert why_not(running, Verb.RESTART) == "it is RUNNING; expected PAUSED, FAILED, KILLED, CANCELLED or RETRIED"
    assert why_not(failed, Verb.RESTART) is None
    assert why_not(None, Verb.RESTART) == "there is no such execution"


def test_without_a_verb_an_execution_only_has_to_exist() -> None:
    assert why_not(_EXECUTION, None) is None
    assert why_not(None, None) == "there is no such execution"
