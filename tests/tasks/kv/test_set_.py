"""kv.Set keeps values with their types, for a time, and does not overwrite when it must not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from gitops.engine.services.key_values import StoredKeyValues
from gitops.errors import Conflict, NotFound, TaskFailed
from tests.tasks.kv.one_kv_task import HERE, run
from tests.tasks.recording_context import RecordingContext


@pytest.mark.parametrize(
    ("value", "kv_type", "found"),
    [
        ("1", None, "1"),
        (1, None, 1),
        ({"a": [True]}, None, {"a": [True]}),
        ("1.5", "NUMBER", 1.5),
        (7, "STRING", "7"),
        ("true", "BOOLEAN", True),
        ("2026-01-31T12:00:00Z", "DATETIME", datetime(2026, 1, 31, 12, tzinfo=UTC)),
        ("2026-01-31", "DATE", date(2026, 1, 31)),
        ("PT1H", "DURATION", timedelta(hours=1)),
        ('{"a": 1}', "JSON", {"a": 1}),
    ],
)
def test_values_are_kept_in_their_type(
    context: RecordingContext, pairs: StoredKeyValues, value: object, kv_type: str | None, found: object
) -> None:
    run(context, "Set", key="k", value=value, **({"kvType": kv_type} if kv_type else {}))
    assert pairs.get(HERE, "k") == found
    assert type(pairs.get(HERE, "k")) is type(found)


def test_what_cannot_be_read_as_its_type_is_a_failure(context: RecordingContext, pairs: StoredKeyValues) -> None:
    with pytest.raises(TaskFailed, match="`value` as NUMBER: expected a number, found `many`"):
        run(context, "Set", key="k", value="many", kvType="NUMBER")
    assert pairs.keys(HERE) == []


def test_a_value_is_overwritten_unless_that_is_forbidden(context: RecordingContext, pairs: StoredKeyValues) -> None:
    run(context, "Set", key="k", value=1, overwrite=False)
    run(context, "Set", key="k", value=2)
    with pytest.raises(Conflict, match=r"the key 'k' of the namespace 'company\.team' has a value already"):
        run(context, "Set", key="k", value=3, overwrite=False)
    assert pairs.get(HERE, "k") == 2


def test_a_value_lasts_as_long_as_its_ttl(context: RecordingContext, pairs: StoredKeyValues) -> None:
    run(context, "Set", key="long", value=1, ttl="PT1H", kvDescription="why")
    run(context, "Set", key="short", value=1, ttl="-PT1S")
    assert pairs.keys(HERE) == ["long"]
    with pytest.raises(NotFound):
        pairs.get(HERE, "short")
    run(context, "Set", key="short", value=2, overwrite=False)
    assert pairs.get(HERE, "short") == 2


def test_another_namespace_can_be_written(context: RecordingContext, pairs: StoredKeyValues) -> None:
    run(context, "Set", key="k", value=1, namespace="other")
    assert (pairs.keys("other"), pairs.keys(HERE)) == (["k"], [])


@pytest.mark.parametrize("namespace", ["Company", "a b", "", "../a"])
def test_a_namespace_must_look_like_one(context: RecordingContext, namespace: str) -> None:
    with pytest.raises(TaskFailed, match=r"expected a namespace such as `company\.team`, found"):
        run(context, "Set", key="k", value=1, namespace=namespace)
