"""The key of a pair in the key-value store."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

from gitops.language.scalars import Templated, Text

_FORM = r"^[a-zA-Z0-9][a-zA-Z0-9._-]*$"
_WORDS = "letters, digits, `.`, `_` and `-`, starting with a letter or digit"


def _check(key: str) -> str:
    if not re.fullmatch(_FORM, key):
        raise ValueError(f"expected {_WORDS}, found `{key}`")
    return key


Key = Templated[
    Annotated[
        Text,
        AfterValidator(_check),
        WithJsonSchema(
            {
                "type": ["string", "number", "boolean"],
                "pattern": _FORM,
                "patternErrorMessage": _WORDS,
            }
        ),
    ]
]
