"""A JSON text, handed on as the value it describes."""

from __future__ import annotations

from typing import Literal

from gitops.language.expression.values import from_text
from gitops.language.inputs.input import Input


class JsonInput(Input):
    """A JSON text, handed on as the value it describes."""

    type: Literal["JSON"]

    def read(self, value: object) -> object:
        """The value, from its JSON text or as it is."""
        if not isinstance(value, str):
            return value
        try:
            return from_text(value)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"it must be JSON: {error}") from None
