"""kv.GetKeys lists the keys of one namespace."""

from __future__ import annotations

from datetime import timedelta

from gitops.engine.services.key_values import StoredKeyValues
from tests.tasks.kv.one_kv_task import HERE, run
from tests.tasks.recording_context import RecordingContext


def test_keys_are_listed_by_prefix_without_those_whose_time_is_over(
    context: RecordingContext, pairs: StoredKeyValues
) -> None:
    for key in ("order_2", "order_1", "other"):
        pairs.set(HERE, key, value=1)
    pairs.set(HERE, "order_0", value=1, lasts=timedelta(seconds=-1))
    pairs.set("company", "order_3", value=1)
    assert run(context, "GetKeys") == {"keys": ["order_1", "order_2", "other"]}
    assert run(context, "GetKeys", prefix="order_") == {"keys": ["order_1", "order_2"]}
    assert run(context, "GetKeys", namespace="nowhere") == {"keys": []}
