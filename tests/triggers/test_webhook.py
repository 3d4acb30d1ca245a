"""The trigger type Webhook: what a call hands to expressions."""

from __future__ import annotations

import pytest

from gitops.triggers.webhook import Webhook

HOOK = Webhook(id="hook", type="io.kestra.plugin.core.trigger.Webhook", key="k")


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b'{"a": [1]}', {"a": [1]}), (b"[1, 2]", [1, 2]), (b"plain", "plain"), (b"", None), (b"\xff", "\ufffd")],
)
def test_a_body_is_json_when_it_can_be(body: bytes, expected: object) -> None:
    assert HOOK.variables(body, {}, {})["body"] == expected


def test_headers_and_parameters_are_handed_on_with_all_values() -> None:
    variables = HOOK.variables(b"", {"x-a": ["1", "2"]}, {"q": ["z"]})
    assert variables["headers"] == {"x-a": ["1", "2"]}
    assert variables["parameters"] == {"q": ["z"]}
