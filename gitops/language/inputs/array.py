"""A list of values of one type."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from gitops.language.inputs.input import Input
from gitops.language.inputs.items import ITEM_TYPES, read_item, read_list

_TYPES = (*ITEM_TYPES, "MULTISELECT")


def _check(name: str) -> str:
    if name not in _TYPES:
        raise ValueError(f"expected one of {', '.join(f'`{each}`' for each in _TYPES)}, found `{name}`")
    return name


_ItemType = Annotated[str, AfterValidator(_check), WithJsonSchema({"type": "string", "enum": list(_TYPES)})]


class ArrayInput(Input):
    """A list of values of one type."""

    type: Literal["ARRAY"]
    item_type: _ItemType = Field(description="The type of every item; lists of lists are not possible.")

    def read(self, value: object) -> object:
        """The list, each item read as its type."""
        return [self._item(index, item) for index, item in enumerate(read_list(value))]

    def _item(self, index: int, item: object) -> object:
        try:
            return read_list(item) if self.item_type == "MULTISELECT" else read_item(self.item_type, item)
        except ValueError as error:
            raise ValueError(f"item {index} is wrong: {error}") from None
