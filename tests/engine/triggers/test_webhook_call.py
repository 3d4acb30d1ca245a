"""What the body of a call means."""

from __future__ import annotations

import pytest

from gitops.engine.triggers.webhook_call import read_body


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b'{"a": [1]}', {"a": [1]}), (b"[1, 2]", [1, 2]), (b"plain", "plain"), (b"", None), (b"\xff\x00", "/wA=")],
)
def test_a_body_is_json_when_it_can_be_and_base64_when_it_is_no_text(body: bytes, expected: object) -> None:
    assert read_body(body) == expected
