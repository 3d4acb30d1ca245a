"""The trigger type BatchWebhook: a number of calls, a time to wait, or both."""

from __future__ import annotations

import pytest

from gitops.language.unavailable import unavailable
from tests.triggers.one_trigger import findings, read_trigger, refusal


@pytest.mark.parametrize(
    "properties",
    [
        {"eventsCount": 100},
        {"pollingInterval": "PT15M"},
        {"eventsCount": 1, "pollingInterval": "PT15M", "eventFilter": "{{ trigger.body.a }}"},
    ],
)
def test_calls_are_counted_or_waited_for(properties: dict[str, object]) -> None:
    trigger = read_trigger("BatchWebhook", key="k", **properties)
    assert [item.words for item in unavailable(trigger)] == ["the type `io.kestra.plugin.core.trigger.BatchWebhook`"]
    assert findings("BatchWebhook", key="k", **properties) == []


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"key": "k"}, "expected `eventsCount`, `pollingInterval` or both, found neither"),
        ({"eventsCount": 1}, "key: Field required"),
        ({"key": "k", "eventsCount": 0}, "eventsCount: "),
        ({"key": "k", "pollingInterval": "15 min"}, "pollingInterval: "),
    ],
)
def test_other_values_are_refused(properties: dict[str, object], words: str) -> None:
    assert words in refusal("BatchWebhook", **properties)
    assert len(findings("BatchWebhook", **properties)) == 1
