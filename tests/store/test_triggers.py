from __future__ import annotations

from dataclasses import replace

from gitops.store.store import Store
from gitops.store.triggers import TriggerState
from tests.store.samples import later

_DAILY = TriggerState(namespace="team", flow_id="hello", trigger_id="daily", type="Schedule", next_at=later(60))
_CALLED = TriggerState(namespace="team", flow_id="hello", trigger_id="call", type="Webhook", disabled=True)
_OTHER = replace(_DAILY, flow_id="other")
_DEEPER = replace(_DAILY, namespace="team.sub")


def _write(store: Store, *states: TriggerState) -> None:
    with store.database.write() as connection:
        store.triggers.upsert(connection, states)


def test_states_are_read_back_by_name(store: Store) -> None:
    _write(store, _DAILY, _CALLED, _OTHER, _DEEPER)
    with store.database.read() as connection:
        assert store.triggers.list(connection) == [_CALLED, _DAILY, _OTHER, _DEEPER]
        assert store.triggers.list(connection, "team") == [_CALLED, _DAILY, _OTHER]
        assert store.triggers.list(connection, "team", "hello") == [_CALLED, _DAILY]
        assert store.triggers.get(connection, "team", "hello", "call") == _CALLED
        assert store.triggers.get(connection, "team", "hello", "nobody") is None


def test_writing_a_state_again_replaces_it(store: Store) -> None:
    _write(store, _DAILY)
    _write(store, replace(_DAILY, disabled=True, next_at=None))
    with store.database.read() as connection:
        assert store.triggers.list(connection) == [replace(_DAILY, disabled=True, next_at=None)]


def test_a_trigger_that_fired_knows_its_dates_and_its_execution(store: Store) -> None:
    _write(store, _DAILY, _OTHER)
    with store.database.write() as connection:
        store.triggers.fired(connection, _DAILY, at=later(60), next_at=later(120), execution_id="e")
    fired = replace(_DAILY, last_at=later(60), next_at=later(120), last_execution_id="e")
    with store.database.read() as connection:
        assert store.triggers.list(connection) == [fired, _OTHER]


def test_a_trigger_that_is_gone_is_not_brought_back_by_firing(store: Store) -> None:
    with store.database.write() as connection:
        store.triggers.fired(connection, _DAILY, at=later(60), next_at=None, execution_id=None)
        assert store.triggers.list(connection) == []


def test_a_deployment_replaces_the_triggers_of_a_flow_and_keeps_what_they_did(store: Store) -> None:
    before = replace(_DAILY, last_at=later(60), last_execution_id="e")
    _write(store, before, _CALLED, _OTHER)
    new = replace(_DAILY, trigger_id="weekly")
    with store.database.write() as connection:
        store.triggers.replace_for_flow(connection, "team", "hello", [replace(_DAILY, next_at=later(99)), new])
        assert store.triggers.list(connection) == [replace(before, next_at=later(99)), new, _OTHER]


def test_a_trigger_of_another_type_begins_anew(store: Store) -> None:
    _write(store, replace(_DAILY, last_at=later(60), last_execution_id="e"))
    changed = replace(_DAILY, type="Webhook")
    with store.database.write() as connection:
        store.triggers.replace_for_flow(connection, "team", "hello", [changed])
        assert store.triggers.list(connection) == [changed]


def test_the_triggers_of_a_flow_are_deleted_with_it(store: Store) -> None:
    _write(store, _DAILY, _CALLED, _OTHER)
    with store.database.write() as connection:
        store.triggers.delete(connection, "team", "hello")
        assert store.triggers.list(connection) == [_OTHER]
