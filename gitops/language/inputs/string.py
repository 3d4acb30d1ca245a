"""Text, as it is given."""

from __future__ import annotations

import json
from typing import Literal

from pydantic import Field

from gitops.language.inputs.input import Input
from gitops.language.patterns import matches
from gitops.language.scalars import Pattern


class StringInput(Input):
    """Text, as it is given."""

    type: Literal["STRING"]
    validator: Pattern | None = Field(None, description="A regular expression that the whole text must match.")

    def read(self, value: object) -> object:
        """The text; numbers and booleans are taken by their text."""
        text = value if isinstance(value, str) else json.dumps(value, default=str)
        return matches(self.validator, text)
