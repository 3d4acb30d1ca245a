from __future__ import annotations

from dataclasses import replace

from gitops.store.store import Store
from gitops.store.triggers import Backfill, TriggerState
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


_FULL = replace(
    _DAILY,
    switched_off=True,
    locked_by="e",
    matched=True,
    fingerprint="f",
    backfill=Backfill(
        start=later(1),
        end=later(9),
        current=later(2),
        next_at=later(60),
        paused=True,
        inputs={"day": later(3)},
        labels=(("a", "b"),),
    ),
)


def test_a_state_is_swapped_only_while_it_is_what_it_was(store: Store) -> None:
    _write(store, _FULL, _OTHER)
    after = replace(_FULL, next_at=later(120), backfill=None)
    with store.database.write() as connection:
        assert not store.triggers.swap(connection, replace(_FULL, next_at=later(61)), after)
        assert store.triggers.list(connection) == [_FULL, _OTHER]
        assert store.triggers.swap(connection, _FULL, after)
        assert store.triggers.list(connection) == [after, _OTHER]
        assert not store.triggers.swap(connection, _CALLED, _CALLED)
        assert store.triggers.list(connection) == [after, _OTHER]


def test_what_is_off_paused_or_without_a_date_does_not_wake(store: Store) -> None:
    assert _DAILY.wakes_at == later(60)
    assert replace(_DAILY, disabled=True).wakes_at is None
    assert replace(_DAILY, switched_off=True).wakes_at is None
    assert replace(_FULL, switched_off=False).wakes_at is None
    _write(store, _DAILY, replace(_OTHER, next_at=later(5)), _FULL_OTHER, _CALLED, replace(_DEEPER, next_at=None))
    with store.database.read() as connection:
        assert [state.flow_id for state in store.triggers.awake(connection)] == ["other", "hello"]
        assert [state.key for state in store.triggers.on(connection)] == [_DAILY.key, _OTHER.key, _DEEPER.key]


_FULL_OTHER = replace(_FULL, trigger_id="full")


def test_triggers_are_searched_by_namespace_flow_and_a_part_of_the_name(store: Store) -> None:
    _write(store, _DAILY, _CALLED, _OTHER, _DEEPER)
    with store.database.read() as connection:

        def found(**wanted: object) -> list[TriggerState]:
            return store.triggers.search(connection, **wanted).results  # type: ignore[arg-type]  # checked by the calls

        assert found(namespace="team") == [_CALLED, _DAILY, _OTHER, _DEEPER]
        assert found(namespace="team", flow_id="hello", query="CAL") == [_CALLED]
        assert found(query="team.oth") == [_OTHER]
        assert store.triggers.search(connection, page=2, size=3).total == 4
        assert found(page=2, size=3) == [_DEEPER]


def test_triggers_are_switched_and_unlocked(store: Store) -> None:
    _write(store, _FULL, _OTHER)
    with store.database.write() as connection:
        assert store.triggers.locks(connection) == {"e": _FULL.key}
        store.triggers.switch(connection, _FULL.key, off=False)
        store.triggers.unlock(connection, _FULL.key, "another")
        assert store.triggers.list(connection) == [replace(_FULL, switched_off=False), _OTHER]
        store.triggers.unlock(connection, _FULL.key, "e")
        assert store.triggers.locks(connection) == {}


def test_a_deployment_keeps_what_a_trigger_did_and_all_of_one_that_is_the_same(store: Store) -> None:
    _write(store, replace(_FULL, last_at=later(60), last_execution_id="e"), _CALLED, _OTHER)
    same, new = replace(_DAILY, next_at=later(99), fingerprint="f"), replace(_DAILY, trigger_id="weekly")
    with store.database.write() as connection:
        changed = store.triggers.replace_for_flow(connection, "team", "hello", [same, new])
        assert changed == [_CALLED.key]
        kept = replace(_FULL, last_at=later(60), last_execution_id="e")
        assert store.triggers.list(connection) == [kept, new, _OTHER]
        edited = replace(same, fingerprint="g")
        assert set(store.triggers.replace_for_flow(connection, "team", "hello", [edited])) == {kept.key, new.key}
        after = replace(kept, next_at=later(99), backfill=None, fingerprint="g")
        assert store.triggers.list(connection) == [after, _OTHER]


def test_a_trigger_of_another_type_begins_anew(store: Store) -> None:
    _write(store, replace(_DAILY, last_at=later(60), last_execution_id="e"))
    changed = replace(_DAILY, type="Webhook")
    with store.database.write() as connection:
        store.triggers.replace_for_flow(connection, "team", "hello", [changed])
        assert store.triggers.list(connection) == [changed]


def test_one_trigger_is_forgotten_alone(store: Store) -> None:
    _write(store, _DAILY, _CALLED)
    with store.database.write() as connection:
        store.triggers.delete(connection, *_DAILY.key)
        assert store.triggers.list(connection) == [_CALLED]


def test_the_triggers_of_a_flow_are_deleted_with_it(store: Store) -> None:
    _write(store, _DAILY, _CALLED, _OTHER)
    with store.database.write() as connection:
        store.triggers.delete(connection, "team", "hello")
        assert store.triggers.list(connection) == [_OTHER]
