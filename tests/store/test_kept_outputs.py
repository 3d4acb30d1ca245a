"""Outputs of tasks are kept by their digest, and forgotten when their time is over, on both databases."""

from __future__ import annotations

from dataclasses import replace

from gitops.execution.state import State
from gitops.store.kept_outputs import Kept
from gitops.store.store import Store
from tests.store.samples import later

_KEPT = Kept(
    digest="a",
    namespace="team",
    flow_id="report",
    task_id="load",
    state=State.WARNING,
    outputs={"rows": 3},
    kept_at=later(0),
    expires_at=later(5),
)


def _keep(store: Store, *outputs: Kept) -> None:
    with store.database.write() as connection:
        for each in outputs:
            store.kept_outputs.keep(connection, each)


def _find(store: Store, digest: str) -> Kept | None:
    with store.database.read() as connection:
        return store.kept_outputs.find(connection, digest)


def test_outputs_are_read_back_and_replaced(store: Store) -> None:
    _keep(store, _KEPT)
    assert _find(store, "a") == _KEPT
    newer = replace(_KEPT, state=State.SUCCESS, outputs={}, expires_at=None)
    _keep(store, newer)
    assert _find(store, "a") == newer
    assert _find(store, "b") is None


def test_keeping_outputs_forgets_those_whose_time_is_over(store: Store) -> None:
    _keep(store, _KEPT, replace(_KEPT, digest="for ever", expires_at=None))
    _keep(store, replace(_KEPT, digest="b", kept_at=later(4), expires_at=later(9)))
    assert _find(store, "a") is not None
    _keep(store, replace(_KEPT, digest="c", kept_at=later(5), expires_at=later(9)))
    assert [_find(store, digest) is None for digest in ("a", "b", "c", "for ever")] == [True, False, False, False]


def test_the_outputs_of_a_flow_are_deleted_with_it(store: Store) -> None:
    _keep(store, _KEPT, replace(_KEPT, digest="b", expires_at=None))
    _keep(store, replace(_KEPT, digest="c", flow_id="other"), replace(_KEPT, digest="d", namespace="team.own"))
    with store.database.write() as connection:
        store.kept_outputs.delete_for_flow(connection, "team", "report")
    assert [_find(store, digest) is None for digest in ("a", "b", "c", "d")] == [True, True, False, False]
