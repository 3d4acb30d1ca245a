"""The task types of the group kv: what can be written, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.tasks.kv.get import Get
from gitops.tasks.kv.purge_kv import KeyPurge, PurgeKV, VersionPurge
from gitops.tasks.kv.set_ import Set
from tests.tasks.one_task import read_task, refusal

KV = "io.kestra.plugin.core.kv."


@pytest.mark.parametrize(
    ("kind", "properties", "outputs"),
    [
        (
            "Set",
            {
                "key": "a.b-c_1",
                "value": "2026-01-31",
                "namespace": "company",
                "overwrite": False,
                "ttl": "P1D",
                "kvType": "DATE",
                "kvDescription": "the last day",
            },
            set(),
        ),
        ("Set", {"key": "{{ inputs.key }}", "value": "{{ outputs.a }}", "ttl": "{{ vars.ttl }}"}, set()),
        ("Set", {"key": 2026, "value": False}, set()),
        ("Get", {"key": "a", "namespace": "{{ inputs.ns }}", "errorOnMissing": True}, {"value"}),
        ("Delete", {"key": "a", "errorOnMissing": True}, {"deleted"}),
        ("GetKeys", {}, {"keys"}),
        ("GetKeys", {"prefix": "a_", "namespace": "company"}, {"keys"}),
        ("PurgeKV", {"namespaces": ["a"], "includeChildNamespaces": False, "keyPattern": "x_*"}, {"size"}),
        ("PurgeKV", {"namespacePattern": "a.*", "expiredOnly": True}, {"size"}),
        ("PurgeKV", {"behavior": {"type": "version", "before": "2026-01-31T00:00:00Z"}}, {"size"}),
    ],
    ids=str,
)
def test_accepted(kind: str, properties: dict[str, object], outputs: set[str]) -> None:
    task = read_task(KV + kind, **properties)
    assert task.type_name() == KV + kind
    assert task.AVAILABLE
    assert set(task.Output.model_fields) == outputs


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        ("Set", {}, "key: Field required\nvalue: Field required"),
        (
            "Set",
            {"key": "a/b", "value": 1},
            "key: Value error, expected letters, digits, `.`, `_` and `-`, starting with a letter or digit",
        ),
        ("Get", {"key": "ab\n"}, "key: Value error"),
        ("Delete", {"key": "-a"}, "key: Value error"),
        ("Set", {"key": "a", "value": 1, "ttl": "a day"}, "ttl: Value error, expected an ISO-8601 duration"),
        ("Set", {"key": "a", "value": 1, "kvType": "TEXT"}, "kvType: Input should be 'STRING', 'NUMBER'"),
        ("GetKeys", {"key": "a"}, "key: Extra inputs are not permitted"),
        ("PurgeKV", {"behavior": {"type": "all"}}, "behavior: Input tag 'all' found using 'type'"),
        ("PurgeKV", {"behavior": {"type": "version", "keepAmount": -1}}, "behavior.version.keepAmount: Input should"),
        ("PurgeKV", {"behavior": {"type": "key", "keepAmount": 1}}, "behavior.key.keepAmount: Extra inputs"),
    ],
    ids=str,
)
def test_refused(kind: str, properties: dict[str, object], words: str) -> None:
    assert refusal(KV + kind, **properties).startswith(words)


@pytest.mark.parametrize("value", ["text", 1, 1.5, True, ["a", 1], {"a": {"b": "{{ x }}"}}, "{{ outputs.a }}"])
def test_a_value_keeps_its_type(value: object) -> None:
    task = read_task(KV + "Set", key="a", value=value)
    assert isinstance(task, Set)
    assert task.value == value
    assert type(task.value) is type(value)


def test_defaults() -> None:
    task = read_task(KV + "Set", key="a", value="b", ttl="PT1H")
    assert isinstance(task, Set)
    assert (task.namespace, task.overwrite, task.kv_type, task.ttl) == (
        "{{ flow.namespace }}",
        True,
        None,
        timedelta(hours=1),
    )
    get = read_task(KV + "Get", key="a")
    assert isinstance(get, Get)
    assert (get.namespace, get.error_on_missing) == ("{{ flow.namespace }}", False)


@pytest.mark.parametrize(
    ("properties", "behavior"),
    [
        ({}, KeyPurge(type="key", expired_only=True)),
        ({"behavior": {"type": "key", "expiredOnly": False}}, KeyPurge(type="key", expired_only=False)),
        ({"behavior": {"type": "version", "keepAmount": 2}}, VersionPurge(type="version", keep_amount=2)),
    ],
)
def test_purge_behaviors(properties: dict[str, object], behavior: object) -> None:
    task = read_task(KV + "PurgeKV", **properties)
    assert isinstance(task, PurgeKV)
    assert task.behavior == behavior
