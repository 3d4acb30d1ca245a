"""The table of input types, and how any input is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema

from gitops.language.inputs.form import FormInput
from gitops.language.inputs.input import Input
from gitops.language.inputs.plain import PLAIN_TYPES, read_declaration

INPUT_TYPES: Mapping[str, type[Input]] = {**PLAIN_TYPES, "FORM": FormInput}


def _read(value: object, info: ValidationInfo) -> Input:
    return read_declaration(value, INPUT_TYPES, info)


AnyInput = Annotated[Input, SerializeAsAny(), PlainValidator(_read), WithJsonSchema({"x-room": "Input"})]
