"""Delete a file of internal storage.

## Example
    id: tidy
    namespace: company.team
    tasks:
      - id: write
        type: io.kestra.plugin.core.storage.Write
        content: "for a moment"
      - id: delete
        type: io.kestra.plugin.core.storage.Delete
        uri: "{{ outputs.write.uri }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Unavailable


class DeleteOutput(Model):
    """What became of the file."""

    uri: str = Field(description="The address of the file.")
    deleted: bool = Field(description="Whether there was a file to delete.")


class Delete(Unavailable):
    """Delete a file of internal storage."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.Delete",)
    Output: ClassVar[type[BaseModel]] = DeleteOutput

    type: Literal["io.kestra.plugin.core.storage.Delete"]
    uri: TemplatedStr = Field(description="The address of the file.")
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing file is a failure.")
