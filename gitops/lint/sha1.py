"""SHA-1 as Git names contents with it. `hashlib` loads OpenSSL, which takes as long as linting ten flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha1
else:
    try:
        from _sha1 import sha1
    except ImportError:  # a Python built without modules of its own for digests
        from hashlib import sha1


def digest(content: bytes) -> str:
    """The digest in hexadecimal; it tells contents apart and keeps no secret."""
    return sha1(content, usedforsecurity=False).hexdigest()
