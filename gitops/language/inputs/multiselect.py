"""Several of several texts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, WithJsonSchema, model_validator

from gitops.language.expression.values import text
from gitops.language.inputs.input import Input
from gitops.language.inputs.items import ITEM_TYPES, read_item, read_list
from gitops.language.model import deprecated
from gitops.language.scalars import TemplatedStr, Text

_CHOICES: dict[str, Any] = {
    "allOf": [
        {
            "if": {"anyOf": [{"required": ["expression"]}, {"required": ["options"]}]},
            "then": {},
            "else": {"required": ["values"]},
        },
        {"if": {"required": ["options"]}, "then": {"properties": {"values": {"enum": []}}}},
    ]
}


def check_item_type(name: str) -> str:
    """The name itself when items can be of this type; else raise ValueError."""
    if name not in ITEM_TYPES:
        raise ValueError(f"expected one of {', '.join(f'`{each}`' for each in ITEM_TYPES)}, found `{name}`")
    return name


ItemType = Annotated[str, AfterValidator(check_item_type), WithJsonSchema({"type": "string", "enum": list(ITEM_TYPES)})]


class MultiselectInput(Input):
    """Several of several texts, written out or the result of an expression."""

    model_config = ConfigDict(json_schema_extra=_CHOICES)

    type: Literal["MULTISELECT"]
    values: tuple[Text, ...] = Field((), min_length=1, description="The texts to choose from.")
    options: tuple[Text, ...] = Field(
        (),
        min_length=1,
        description="The texts to choose from.",
        json_schema_extra=deprecated("use `values`", removed=True),
    )
    expression: TemplatedStr | None = Field(None, description="An expression that gives the list of texts.")
    item_type: ItemType = Field("STRING", description="The type of the chosen values.")
    allow_custom_value: bool = Field(False, description="Whether any other text is accepted too.")
    auto_select_first: bool = Field(False, description="Whether the first text is chosen when nothing is given.")

    @model_validator(mode="after")
    def _has_choices(self) -> MultiselectInput:
        if self.values and self.options:
            raise ValueError("expected `values` or `options`, found both")
        if not (self.values or self.options or self.expression):
            raise ValueError("expected `values` or `expression`")
        return self

    def read(self, value: object) -> object:
        """The list, when every item is one of the values."""
        items, choices = read_list(value), self.values or self.options
        others = [] if self.allow_custom_value else [item for item in items if text(item) not in choices]
        if self.required and others:
            raise ValueError("every item must match the values `[" + ", ".join(choices) + "]`")
        return [read_item(self.item_type, item) for item in items]
