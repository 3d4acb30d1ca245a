"""Encrypted values: the one door to `cryptography`. The form is that of the flow language, so that values can move.

An encrypted text is Base64 of a nonce of 12 bytes, then what AES-GCM made of the text, its tag at the end. The library
is loaded with the first key: most services have none, and it is 6 MB of their memory.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Callable, Mapping
from typing import Final

from gitops.errors import ExpressionError

ENCRYPTED: Final = "io.kestra.datatype:aes_encrypted"
"""The `type` of a map whose `value` is an encrypted text."""

_NONCE: Final = 12


class Cipher:
    """Encrypts and decrypts with one key: Base64 of 16, 24 or 32 bytes. Raises ExpressionError for another one."""

    def __init__(self, key: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            self._aes = AESGCM(base64.b64decode(key, validate=True))
        except (binascii.Error, ValueError):
            raise ExpressionError("The key for encryption must be Base64 of 16, 24 or 32 bytes") from None

    def encrypt(self, plaintext: str) -> str:
        """The encrypted text, another one each time."""
        nonce = os.urandom(_NONCE)
        return base64.b64encode(nonce + self._aes.encrypt(nonce, plaintext.encode(), None)).decode()

    def decrypt(self, encrypted: str) -> str:
        """The text that was encrypted; raises ExpressionError when it was not with this key."""
        from cryptography.exceptions import InvalidTag

        try:
            raw = base64.b64decode(encrypted, validate=True)
            return self._aes.decrypt(raw[:_NONCE], raw[_NONCE:], None).decode()
        except (binascii.Error, ValueError, InvalidTag):
            raise ExpressionError("The text was not encrypted with this key") from None


def sealed(plaintext: str, cipher: Cipher) -> dict[str, object]:
    """A text as a map that `opened` turns into the text again."""
    return {"type": ENCRYPTED, "value": cipher.encrypt(plaintext)}


def opened(value: object, cipher: Cipher, learn: Callable[[str], None]) -> object:
    """The value with each sealed text in it decrypted; `learn` is told each of them, so that logs can hide it."""
    if isinstance(value, Mapping):
        if value.get("type") == ENCRYPTED and isinstance(value.get("value"), str):
            plaintext = cipher.decrypt(value["value"])
            learn(plaintext)
            return plaintext
        return {key: opened(each, cipher, learn) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [opened(each, cipher, learn) for each in value]
    return value
