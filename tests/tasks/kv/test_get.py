"""kv.Get hands out values, those of namespaces above too, and fails on a missing one when asked to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gitops.engine.services.key_values import StoredKeyValues
from gitops.errors import TaskFailed
from tests.tasks.kv.one_kv_task import HERE, run
from tests.tasks.recording_context import RecordingContext


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1.5, 1.5),
        (False, False),
        ({"a": [1]}, {"a": [1]}),
        (datetime(2026, 1, 31, tzinfo=UTC), "2026-01-31T00:00:00Z"),
        (timedelta(days=1, seconds=2), "PT24H2S"),
    ],
)
def test_values_are_handed_out_in_types_of_json(
    context: RecordingContext, pairs: StoredKeyValues, value: object, found: object
) -> None:
    pairs.set(HERE, "k", value=value)
    assert run(context, "Get", key="k") == {"value": found}


def test_a_missing_key_gives_nothing_or_is_a_failure(context: RecordingContext) -> None:
    assert run(context, "Get", key="k") == {}
    with pytest.raises(TaskFailed, match=r"^The key 'k' does not exist in the namespace 'company.team'\.$"):
        run(context, "Get", key="k", errorOnMissing=True)


def test_only_the_own_namespace_inherits(context: RecordingContext, pairs: StoredKeyValues) -> None:
    pairs.set("company", "k", value="above")
    assert run(context, "Get", key="k") == {"value": "above"}
    assert run(context, "Get", key="k", namespace="company") == {"value": "above"}
    assert run(context, "Get", key="k", namespace="company.other") == {}
