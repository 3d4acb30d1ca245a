"""A text that is kept encrypted and masked in logs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gitops.language.inputs.input import Input
from gitops.language.patterns import matches
from gitops.language.scalars import Pattern


class SecretInput(Input):
    """A text that is kept encrypted and masked in logs."""

    type: Literal["SECRET"]
    validator: Pattern | None = Field(None, description="A regular expression that the whole text must match.")

    def read(self, value: object) -> object:
        """The text; whoever keeps it encrypts it."""
        return matches(self.validator, str(value))
