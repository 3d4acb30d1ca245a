"""The trigger type Webhook: what a call hands to expressions, and what a flow may ask of it."""

from __future__ import annotations

from typing import cast

import pytest

from gitops.language.unavailable import unavailable
from gitops.triggers.webhook import Webhook
from tests.triggers.one_trigger import findings, read_trigger, refusal

EXPRESSION = {"type": "io.kestra.plugin.core.condition.Expression", "expression": "{{ trigger.body.a }}"}
MULTIPLE = {
    "type": "io.kestra.plugin.core.condition.MultipleCondition",
    "id": "m",
    "conditions": {"a": EXPRESSION},
}
OLD_MULTIPLE = {**MULTIPLE, "type": "io.kestra.core.models.conditions.types.MultipleCondition"}


@pytest.mark.parametrize("kind", ["Webhook", "io.kestra.core.models.triggers.types.Webhook"])
def test_a_webhook_may_have_conditions_about_its_call(kind: str) -> None:
    trigger = read_trigger(kind, key="{{ secret('KEY') }}", conditions=[EXPRESSION], inputs={"a": "{{ trigger.body }}"})
    assert isinstance(trigger, Webhook)
    assert findings("Webhook", key="k", conditions=[EXPRESSION]) == []


@pytest.mark.parametrize("condition", [MULTIPLE, OLD_MULTIPLE])
def test_one_call_cannot_be_several_executions(condition: dict[str, object]) -> None:
    words = "expected a condition that looks at one call; MultipleCondition waits for several executions"
    assert refusal("Webhook", key="k", conditions=[condition]) == f"conditions: Value error, {words}"
    assert f"bad-format: `type` is not valid, {words}" in findings(
        "Webhook", key="k", conditions=[EXPRESSION, condition]
    )


@pytest.mark.parametrize(
    ("name", "value", "usual"),
    [
        ("wait", True, False),
        ("returnOutputs", True, False),
        ("responseContentType", "text/plain", "application/json"),
        ("responseCode", 202, None),
        ("responseCode", "{{ outputs.code }}", None),
        ("fetchType", "STORE", "FETCH"),
    ],
)
def test_what_a_webhook_answers_can_be_said(name: str, value: object, usual: object) -> None:
    assert list(unavailable(read_trigger("Webhook", key="k", **{name: value}))) == []
    assert findings("Webhook", key="k", **{name: value}) == []
    assert read_trigger("Webhook", key="k").model_dump(by_alias=True)[name] == usual


@pytest.mark.parametrize(
    ("properties", "path"),
    [
        ({}, "key"),
        ({"key": "k" * 257}, "key"),
        ({"key": "k", "responseContentType": "text/html"}, "responseContentType"),
        ({"key": "k", "fetchType": "NONE"}, "fetchType"),
        ({"key": "k", "wait": "later"}, "wait"),
    ],
)
def test_other_values_are_refused(properties: dict[str, object], path: str) -> None:
    assert refusal("Webhook", **properties).startswith(f"{path}: ")
    assert len(findings("Webhook", **properties)) == 1


def test_a_key_may_have_256_characters() -> None:
    assert findings("Webhook", key="k" * 256) == []
    assert cast("Webhook", read_trigger("Webhook", key="k" * 256)).key == "k" * 256
