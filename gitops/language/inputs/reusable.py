"""Inputs that are declared once for a namespace, as the V2 dialect writes it."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict

from gitops.language.inputs.input import Input


class ReusableInputs(Input):
    """Inputs that are declared once for a namespace. Its properties are not documented well enough to be checked."""

    model_config = ConfigDict(extra="allow")
    AVAILABLE: ClassVar[bool] = False

    type: Literal["REUSABLE_INPUTS"]

    def read(self, value: object) -> object:
        """Always refused: there is nothing to reuse here."""
        raise ValueError(f"inputs of a namespace are not available in this version, so `{value}` cannot be read")
