"""Several inputs under one id, as the V2 dialect writes it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema

from gitops.language.inputs.input import Input
from gitops.language.inputs.plain import PLAIN_TYPES, read_declaration


def _read(value: object, info: ValidationInfo) -> Input:
    return read_declaration(value, PLAIN_TYPES, info)


_Child = Annotated[Input, SerializeAsAny(), PlainValidator(_read), WithJsonSchema({"x-room": "Input"})]


class FormInput(Input):
    """Several inputs under one id; each is given as `form.child`."""

    AVAILABLE: ClassVar[bool] = False

    type: Literal["FORM"]
    inputs: tuple[_Child, ...] = Field(min_length=1, description="The inputs of the form.")

    def read(self, value: object) -> object:
        """Always refused: the children are given, not the form."""
        raise ValueError(f"forms are not available in this version, so `{value}` cannot be read")
