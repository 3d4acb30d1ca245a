"""The functions of expressions that need the world: the clock, chance, the environment, secrets."""

from __future__ import annotations

import base64
import binascii
import os
import random
import uuid
from collections.abc import Callable, Mapping

from gitops.engine import clock
from gitops.errors import ExpressionError

_SECRET_PREFIX = "SECRET_"  # noqa: S105 - the start of variables' names, not a secret
_ENV_PREFIX = "ENV_"


def world(mask: Callable[[str], None]) -> Mapping[str, Callable[..., object]]:
    """The functions for one attempt; `mask` is told every secret that is read, so that logs can hide it."""

    def secret(key: str) -> str:
        value = read_secret(key)
        mask(value)
        return value

    return {
        "now": clock.now,
        "uuid": lambda: str(uuid.uuid4()),
        "id": clock.new_id,
        "randomInt": random_int,
        "secret": secret,
    }


def random_int(lower: int, upper: int) -> int:
    """A whole number from `lower` up to, and without, `upper`; raises ExpressionError when there is none."""
    if lower >= upper:
        raise ExpressionError(f"randomInt: expected `lower` to be less than `upper`, found {lower} and {upper}")
    return random.randrange(lower, upper)  # noqa: S311 - not for secrets


def read_secret(key: str) -> str:
    """The secret of the environment variable `SECRET_<KEY>`, which holds base64; raises ExpressionError."""
    name = _SECRET_PREFIX + key.upper()
    encoded = os.environ.get(name)
    if encoded is None:
        raise ExpressionError(f"Cannot find secret for key '{key}': set the environment variable {name} to its base64")
    try:
        return base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise ExpressionError(f"The environment variable {name} must hold base64 of a text") from None


def environment() -> dict[str, str]:
    """What `envs.*` holds: the variables with the prefix `ENV_`, without it and in lower case."""
    found = ((name, value) for name, value in os.environ.items() if name.startswith(_ENV_PREFIX))
    return {name.removeprefix(_ENV_PREFIX).lower(): value for name, value in found}
