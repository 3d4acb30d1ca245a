"""The key of a pair in the key-value store."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from gitops.language.key_value import KEY, KEY_WORDS
from gitops.language.scalars import Templated, Text


def _check(key: str) -> str:
    if not re.fullmatch(KEY, key):
        raise ValueError(f"expected {KEY_WORDS}, found `{key}`")
    return key


Key = Templated[
    Annotated[
        Text,
        AfterValidator(_check),
        WithJsonSchema(
            {
                "type": ["string", "number", "boolean"],
                "pattern": KEY,
                "patternErrorMessage": KEY_WORDS,
            }
        ),
    ]
]
