"""Secrets in texts: what was read as a secret is shown as asterisks from then on."""

from __future__ import annotations

_MASK = "******"
_SHORTEST = 3


class Redactor:
    """Replaces every known secret; very short ones are not secrets but noise."""

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def learn(self, secret: str) -> None:
        """Hide this text, and each line of it, from now on."""
        parts = (secret, *secret.splitlines())
        self._secrets |= {part for part in parts if len(part) >= _SHORTEST}

    def clean(self, text: str) -> str:
        """The text without secrets; longer secrets first, so that none shines through another."""
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, _MASK)
        return text
