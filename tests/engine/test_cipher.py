"""Encrypted values: what is sealed is opened with the same key, and with no other."""

from __future__ import annotations

import base64

import pytest

from gitops.engine.cipher import ENCRYPTED, Cipher, opened, sealed
from gitops.errors import ExpressionError

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize("size", [16, 24, 32])
def test_what_is_encrypted_is_decrypted_with_the_same_key(size: int) -> None:
    cipher = Cipher(base64.b64encode(b"k" * size).decode())
    assert cipher.decrypt(cipher.encrypt("It's a sécret")) == "It's a sécret"


def test_the_form_is_a_nonce_and_then_the_text_with_its_tag() -> None:
    raw = base64.b64decode(Cipher(KEY).encrypt("abc"))
    assert len(raw) == 12 + len("abc") + 16


def test_a_text_of_another_writer_is_read() -> None:
    """The bytes were made with AES-GCM by hand: nonce 0..11, key 0..31, text `hello`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = bytes(range(12))
    written = base64.b64encode(nonce + AESGCM(bytes(range(32))).encrypt(nonce, b"hello", None)).decode()
    assert Cipher(KEY).decrypt(written) == "hello"


def test_the_same_text_is_encrypted_differently_each_time() -> None:
    assert Cipher(KEY).encrypt("a") != Cipher(KEY).encrypt("a")


@pytest.mark.parametrize("key", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_a_key_must_have_the_right_size(key: str) -> None:
    with pytest.raises(ExpressionError, match="The key for encryption must be Base64 of 16, 24 or 32 bytes"):
        Cipher(key)


@pytest.mark.parametrize("text", ["", "a", "not base64!", "ssrI22uE2HZrZDjlQZwMwLavzSW01Kw1qaO81VU="])
def test_what_was_not_encrypted_with_the_key_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="The text was not encrypted with this key"):
        Cipher(KEY).decrypt(text)


def test_sealed_values_are_opened_wherever_they_are_and_told() -> None:
    cipher, told = Cipher(KEY), list[str]()
    value = {"a": [sealed("one", cipher), 2], "b": {"c": sealed("two", cipher)}, "d": {"type": ENCRYPTED}}
    assert opened(value, cipher, told.append) == {"a": ["one", 2], "b": {"c": "two"}, "d": {"type": ENCRYPTED}}
    assert told == ["one", "two"]
