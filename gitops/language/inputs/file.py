"""A file, uploaded or already in internal storage."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from gitops.language.inputs.input import Input
from gitops.language.model import deprecated
from gitops.language.scalars import Text, holds_expression

_STORED = "kestra://"
_FILES = ("nsfile://", "file://")
_DEFAULT = "the address of a file, `nsfile:///path` or `file:///path`; no other default is possible"


def _check_default(value: str) -> str:
    if not (value.startswith((_STORED, *_FILES)) or holds_expression(value)):
        raise ValueError(f"expected {_DEFAULT}")
    return value


_Default = Annotated[
    str,
    AfterValidator(_check_default),
    WithJsonSchema({"type": "string", "pattern": r"^(kestra|nsfile|file)://|\{[{%]", "patternErrorMessage": _DEFAULT}),
]


class FileInput(Input):
    """A file, uploaded or already in internal storage."""

    type: Literal["FILE"]
    defaults: _Default | None = Field(None, description="The address of the file when none is given.")
    allowed_file_extensions: tuple[Text, ...] = Field((), description="The endings that a file's name may have.")
    extension: Text = Field(
        ".upl",
        description="The ending of the stored file's name.",
        json_schema_extra=deprecated("it is not needed: the file keeps its own ending", removed=True),
    )

    def read(self, value: object) -> object:
        """The address of the file in internal storage."""
        if not isinstance(value, str) or not value.startswith((_STORED, *_FILES)):
            raise ValueError("it must be an uploaded file or an address that starts with `kestra://`")
        if self.allowed_file_extensions and not value.lower().endswith(self._endings()):
            raise ValueError(f"its name must end with one of `[{', '.join(self.allowed_file_extensions)}]`")
        return value

    def _endings(self) -> tuple[str, ...]:
        return tuple("." + ending.lower().lstrip(".") for ending in self.allowed_file_extensions)
