"""A number."""

from __future__ import annotations

import math
import re
from typing import Literal

from pydantic import Field

from gitops.language.inputs.input import Input, in_range

_NUMBER = re.compile(r"\s*[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*", re.ASCII)
"""The texts of numbers; Python would also take `1_000` and `nan`."""


class FloatInput(Input):
    """A number."""

    type: Literal["FLOAT"]
    min: float | None = Field(None, description="The smallest value.")
    max: float | None = Field(None, description="The largest value.")

    def read(self, value: object) -> object:
        """The number, from a number or its text."""
        fits = _NUMBER.fullmatch(value) if isinstance(value, str) else isinstance(value, int | float)
        if isinstance(value, bool) or not fits:
            raise ValueError("it must be a number")
        try:
            number = float(value)  # type: ignore[arg-type]  # one of the types of the lines above
        except (ValueError, OverflowError):
            raise ValueError("it must be a number") from None
        if not math.isfinite(number):
            raise ValueError("it must be a number")
        return in_range(number, self.min, self.max)
