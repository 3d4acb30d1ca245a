"""Webhooks: what the conformance suite cannot vary."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from gitops.errors import BadSignature, ProviderRefused
from gitops.providers.webhook import check_signature, lower_names, read_push, strip_scheme


def signature(body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_the_signature_is_over_the_raw_bytes() -> None:
    body = b'{"a" : "\xff"}'
    check_signature(signature(body, "s"), body, ["s"], header="X")


@pytest.mark.parametrize("given", ["", "é", "\udcff", "0" * 63, "g" * 64])
def test_a_malformed_signature_is_only_wrong(given: str) -> None:
    with pytest.raises(BadSignature):
        check_signature(given, b"", ["s"], header="X")


def test_an_empty_secret_never_signs() -> None:
    with pytest.raises(BadSignature):
        check_signature(signature(b"", ""), b"", ["", "s"], header="X")


def test_only_sha256_is_a_scheme() -> None:
    assert strip_scheme("sha256=ab") == "ab"
    assert strip_scheme("sha1=ab") is None
    assert strip_scheme("ab") is None
    assert strip_scheme(None) is None


def test_names_become_lower_case() -> None:
    assert lower_names({"X-GitHub-Event": "Push"}) == {"x-github-event": "Push"}


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000])
def test_broken_json_is_refused(body: bytes) -> None:
    with pytest.raises(ProviderRefused, match="expected a webhook with a JSON body, found something else"):
        read_push("application/json", body, delivery=None)


def test_json_that_is_no_object_is_refused() -> None:
    with pytest.raises(ProviderRefused) as caught:
        read_push("application/json; charset=utf-8", b"[1]", delivery=None)
    assert str(caught.value) == "expected a JSON object as the webhook's body, found `[1]`"


def test_long_commit_ids_are_ids_too() -> None:
    body = b'{"ref":"refs/heads/m","before":"%s","after":"%s"}' % (b"0" * 64, b"f" * 64)
    push = read_push("application/json", body, delivery="d")
    assert (push.before, push.after, push.repository_urls, push.delivery) == (None, "f" * 64, (), "d")


def test_urls_that_are_no_text_are_left_out() -> None:
    body = b'{"ref":"refs/heads/m","before":"%s","after":"%s","repository":{"clone_url":1,"ssh_url":"x"}}'
    push = read_push("application/json", body % (b"a" * 40, b"b" * 40), delivery=None)
    assert push.repository_urls == ("x",)
