"""A whole number."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from gitops.language.inputs.input import Input, in_range

_WHOLE = re.compile(r"\s*[-+]?\d+\s*", re.ASCII)
"""The texts of whole numbers; Python would also take `1_000`."""


class IntInput(Input):
    """A whole number."""

    type: Literal["INT"]
    min: int | None = Field(None, description="The smallest value.")
    max: int | None = Field(None, description="The largest value.")

    def read(self, value: object) -> object:
        """The number, from a number or its text."""
        whole = isinstance(value, float) and value.is_integer()
        fits = _WHOLE.fullmatch(value) if isinstance(value, str) else whole or isinstance(value, int)
        if isinstance(value, bool) or not fits:
            raise ValueError("it must be a whole number")
        try:
            number = int(value)  # type: ignore[call-overload]  # one of the types of the lines above
        except ValueError:
            raise ValueError("it must be a whole number") from None
        return in_range(number, self.min, self.max)
