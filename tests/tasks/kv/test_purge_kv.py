"""kv.PurgeKV deletes what its patterns and its behavior mean, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.engine.services.key_values import StoredKeyValues
from gitops.errors import TaskFailed
from tests.tasks.kv.one_kv_task import run
from tests.tasks.recording_context import RecordingContext

_OVER = timedelta(seconds=-1)
_ALL = {"type": "key", "expiredOnly": False}


@pytest.fixture(autouse=True)
def _filled(pairs: StoredKeyValues) -> None:
    """In each of three namespaces: two keys that last and one whose time is over."""
    for namespace in ("a", "a.b", "ab"):
        pairs.set(namespace, "order_1", value=1)
        pairs.set(namespace, "other", value=1)
        pairs.set(namespace, "order_0", value=1, lasts=_OVER)


@pytest.mark.parametrize(
    ("properties", "size"),
    [
        ({}, 3),
        ({"namespaces": ["a"]}, 2),
        ({"namespaces": ["a"], "includeChildNamespaces": False}, 1),
        ({"namespacePattern": "a*"}, 3),
        ({"namespacePattern": "a.*"}, 1),
        ({"keyPattern": "other"}, 0),
        ({"behavior": _ALL}, 9),
        ({"behavior": _ALL, "keyPattern": "order_*", "namespaces": ["ab", "a.b"]}, 4),
        ({"behavior": _ALL, "expiredOnly": True}, 3),
        ({"expiredOnly": False, "namespaces": ["ab"]}, 3),
        ({"behavior": {"type": "version", "keepAmount": 0}}, 0),
    ],
)
def test_purged(context: RecordingContext, pairs: StoredKeyValues, properties: dict[str, object], size: int) -> None:
    assert run(context, "PurgeKV", **properties) == {"size": size}
    left = pairs.purge(lambda _namespace, _key: True, expired_only=False)
    assert left == 9 - size


def test_a_pattern_and_a_list_exclude_each_other(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed, match="expected `namespaces` or `namespacePattern`, found both"):
        run(context, "PurgeKV", namespaces=["a"], namespacePattern="a")
