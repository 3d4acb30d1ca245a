"""What Flow triggers remember is read back, and forgotten with its trigger or its flow."""

from __future__ import annotations

from dataclasses import replace

from gitops.store.store import Store
from gitops.store.trigger_windows import TriggerWindow
from tests.store.samples import later

_FIRST = TriggerWindow(
    namespace="team",
    flow_id="report",
    trigger_id="t",
    window_id="all@1",
    opened_at=later(1),
    closes_at=later(9),
    met={"a": {"at": later(2), "outputs": {"rows": 3}}},
    fired=True,
)
_SECOND = replace(_FIRST, window_id="all@2", opened_at=later(2), closes_at=later(5), met={}, fired=False)
_ENDLESS = replace(_FIRST, trigger_id="u", closes_at=None)


def _put(store: Store, *windows: TriggerWindow) -> None:
    with store.database.write() as connection:
        for window in windows:
            store.trigger_windows.put(connection, window)


def test_windows_are_read_back(store: Store) -> None:
    _put(store, _SECOND, _FIRST, _ENDLESS)
    with store.database.read() as connection:
        assert store.trigger_windows.of_trigger(connection, _FIRST.key) == [_FIRST, _SECOND]
        assert store.trigger_windows.closing(connection) == [_SECOND, _FIRST]


def test_putting_a_window_replaces_it_and_opening_it_does_not(store: Store) -> None:
    _put(store, _FIRST)
    with store.database.write() as connection:
        store.trigger_windows.open(connection, replace(_FIRST, met={}))
        assert store.trigger_windows.of_trigger(connection, _FIRST.key) == [_FIRST]
        store.trigger_windows.put(connection, replace(_FIRST, met={}))
        assert store.trigger_windows.of_trigger(connection, _FIRST.key) == [replace(_FIRST, met={})]


def test_windows_are_forgotten_one_by_one_with_their_trigger_and_with_its_flow(store: Store) -> None:
    _put(store, _FIRST, _SECOND, _ENDLESS)
    with store.database.write() as connection:
        store.trigger_windows.delete(connection, _FIRST.key, "all@1")
        assert store.trigger_windows.of_trigger(connection, _FIRST.key) == [_SECOND]
        store.trigger_windows.delete(connection, _FIRST.key)
        assert store.trigger_windows.of_trigger(connection, _FIRST.key) == []
        store.trigger_windows.delete_for_flow(connection, "team", "report")
        assert store.trigger_windows.of_trigger(connection, _ENDLESS.key) == []
