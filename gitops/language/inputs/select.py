"""One of several texts."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, Field, model_validator

from gitops.language.expression.values import text as text_of
from gitops.language.inputs.input import Input
from gitops.language.scalars import TemplatedStr, Text

_NEEDS_CHOICES: dict[str, Any] = {
    "allOf": [{"if": {"required": ["expression"]}, "then": {}, "else": {"required": ["values"]}}]
}


class SelectInput(Input):
    """One of several texts, written out or the result of an expression."""

    model_config = ConfigDict(json_schema_extra=_NEEDS_CHOICES)

    type: Literal["SELECT"]
    values: tuple[Text, ...] = Field((), min_length=1, description="The texts to choose from.")
    expression: TemplatedStr | None = Field(None, description="An expression that gives the list of texts.")
    allow_custom_value: bool = Field(False, description="Whether any other text is accepted too.")
    is_radio: bool = Field(False, description="Whether the form shows all texts at once.")
    auto_select_first: bool = Field(False, description="Whether the first text is chosen when nothing is given.")

    @model_validator(mode="after")
    def _has_choices(self) -> SelectInput:
        if not self.values and self.expression is None:
            raise ValueError("expected `values` or `expression`")
        return self

    def read(self, value: object) -> object:
        """The text, when it is one of the values."""
        text = text_of(value)
        if self.required and not self.allow_custom_value and text not in self.values:
            raise ValueError("it must match the values `[" + ", ".join(self.values) + "]`")
        return text


class EnumInput(SelectInput):
    """One of several texts, by the old name."""

    DEPRECATED: ClassVar[str | None] = "use `SELECT`"
    REMOVED: ClassVar[bool] = True

    type: Literal["ENUM"]  # type: ignore[assignment]  # another name than that of the base
