"""The files that a task is given and the files that it keeps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, WithJsonSchema

from gitops.language.model import Model
from gitops.language.scalars import Templated, Text

Globs = Templated[tuple[Text, ...]]
"""Patterns of paths below the working directory; `regex:` in front makes one a regular expression."""

FileMap = Templated[
    Annotated[
        dict[str, Text | None] | str,
        WithJsonSchema(
            {"type": ["object", "string"], "additionalProperties": {"type": ["string", "number", "boolean"]}}
        ),
    ]
]
"""Names of files to their contents or `kestra://` addresses, or a JSON text that says the same."""


class NamespaceFiles(Model):
    """Which files of the namespace are put into the working directory."""

    enabled: Templated[bool] = Field(True, description="Whether files are loaded at all.")
    include: Globs = Field((), description="Patterns of the files to load; all when there is none.")
    exclude: Globs = Field((), description="Patterns of the files to leave out.")
    namespaces: Templated[tuple[Text, ...]] = Field(
        ("{{flow.namespace}}",), description="The namespaces to load from; the last one wins."
    )
    if_exists: Templated[Literal["OVERWRITE", "FAIL", "WARN", "IGNORE"]] = Field(
        "OVERWRITE", description="What happens when the file is already there."
    )
    folder_per_namespace: Templated[bool] = Field(False, description="Put each namespace into a folder of its own.")
