"""The engine's only clock and dice: the pure floors get their values as arguments."""

from __future__ import annotations

import random
import secrets
from datetime import UTC, datetime

from gitops.execution.identity import make_id

_BITS = 128


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def chance() -> float:
    """A number in [0, 1) for the waits of random retries."""
    return random.random()  # noqa: S311 - spreads retries, guards nothing


def new_id() -> str:
    """A fresh id that nobody can guess."""
    return make_id(secrets.randbits(_BITS))
