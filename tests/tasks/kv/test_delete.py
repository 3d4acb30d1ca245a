"""kv.Delete forgets a key of one namespace, and says whether there was one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.engine.services.key_values import StoredKeyValues
from gitops.errors import TaskFailed
from tests.tasks.kv.one_kv_task import HERE, run
from tests.tasks.recording_context import RecordingContext


def test_a_key_is_deleted_once(context: RecordingContext, pairs: StoredKeyValues) -> None:
    pairs.set(HERE, "k", value=1)
    pairs.set(HERE, "over", value=1, lasts=timedelta(seconds=-1))
    assert run(context, "Delete", key="k") == {"deleted": True}
    assert run(context, "Delete", key="k") == {"deleted": False}
    assert run(context, "Delete", key="over") == {"deleted": False}


def test_a_missing_key_is_a_failure_when_asked_for_and_keys_above_stay(
    context: RecordingContext, pairs: StoredKeyValues
) -> None:
    pairs.set("company", "k", value=1)
    with pytest.raises(TaskFailed, match=r"^The key 'k' does not exist in the namespace 'company.team'\.$"):
        run(context, "Delete", key="k", errorOnMissing=True)
    assert pairs.keys("company") == ["k"]
