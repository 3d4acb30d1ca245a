"""The trigger type http.Trigger: how it is written, and what it makes of an answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.errors import InvalidSource
from gitops.language.flow import read_flow
from gitops.triggers.http import Trigger
from tests.tasks.http.answering_server import answering
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.http.Trigger"
LOG = {"id": "say", "type": "io.kestra.plugin.core.log.Log", "message": "m"}


def read(properties: dict[str, object]) -> Trigger:
    trigger = {"id": "t", "type": TYPE, **properties}
    flow = read_flow({"id": "flow", "namespace": "company.team", "tasks": [LOG], "triggers": [trigger]}, catalogue())
    assert isinstance(flow.triggers[0], Trigger)
    return flow.triggers[0]


@pytest.mark.parametrize("kind", [TYPE, "io.kestra.plugin.fs.http.Trigger"])
def test_defaults(kind: str) -> None:
    trigger = read({"type": kind, "uri": "http://example.com"})
    assert (trigger.type, trigger.method, trigger.interval) == (TYPE, "GET", timedelta(minutes=1))
    assert trigger.response_condition == "{{ response.statusCode < 400 }}"
    assert trigger.AVAILABLE


@pytest.mark.parametrize(
    "properties",
    [
        {"interval": "PT10S", "responseCondition": "{{ response.statusCode == 200 }}", "stopAfter": ["SUCCESS"]},
        {"method": "POST", "body": "{}", "headers": {"X-Team": "data"}, "params": {"page": 1}},
        {"formData": {"a": "b"}, "contentType": "multipart/form-data", "encryptBody": True},
        {"options": {"auth": {"type": "BASIC", "username": "u", "password": "{{ secret('P') }}"}}},
        {"sslOptions": {"insecureTrustAllCertificates": True}},
    ],
    ids=str,
)
def test_accepted(properties: dict[str, object]) -> None:
    assert read({"uri": "http://example.com", **properties}).uri == "http://example.com"


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({}, "triggers[0].uri: Field required"),
        ({"uri": "u", "interval": "10s"}, "triggers[0].interval: Value error, expected an ISO-8601 duration"),
        ({"uri": "u", "interval": "{{ vars.wait }}"}, "triggers[0].interval: Value error, expected an ISO-8601"),
        ({"uri": "u", "allowFailed": True}, "triggers[0].allowFailed: Extra inputs are not permitted"),
        ({"uri": "u", "method": "FETCH"}, "triggers[0].method: Input should be 'GET', 'POST'"),
    ],
    ids=str,
)
def test_refused(properties: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidSource) as refused:
        read(properties)
    assert str(refused.value).startswith(words)


def test_the_body_is_encrypted_after_the_condition_has_seen_it(tmp_path: Path) -> None:
    with answering() as server:
        trigger = read(
            {
                "uri": server.address("/ping"),
                "encryptBody": True,
                "responseCondition": "{{ response.body == 'pong' }}",
            }
        )
        found = trigger.evaluate(RecordingContext(tmp_path))
    assert found is not None
    assert (found["encryptedBody"], "body" in found) == ({"encrypted": "pong"}, False)
