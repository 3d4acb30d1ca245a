"""The input types that hold no other inputs, and how one is read without knowing its type."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ConfigDict, ValidationInfo

from gitops.language.inputs.array import ArrayInput
from gitops.language.inputs.input import Input
from gitops.language.inputs.items import ITEM_TYPES
from gitops.language.inputs.multiselect import MultiselectInput
from gitops.language.inputs.reusable import ReusableInputs

PLAIN_TYPES: Mapping[str, type[Input]] = {
    **ITEM_TYPES,
    "ARRAY": ArrayInput,
    "MULTISELECT": MultiselectInput,
    "REUSABLE_INPUTS": ReusableInputs,
}


class UnknownInput(Input):
    """An input of a type that is not known here."""

    model_config = ConfigDict(extra="allow")

    def read(self, value: object) -> object:
        """Always refused."""
        raise ValueError(f"its type `{self.type}` is not known, so `{value}` cannot be read")


def read_declaration(value: object, types: Mapping[str, type[Input]], info: ValidationInfo) -> Input:
    """The declaration of an input, by the class that its `type` names."""
    if isinstance(value, Input):
        return value
    name = value.get("type") if isinstance(value, Mapping) else None
    known = types.get(name) if isinstance(name, str) else None
    return (known or UnknownInput).model_validate(value, context=info.context)
