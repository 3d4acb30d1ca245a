"""Delete a key of the key-value store of a namespace.

## Example
    id: forget
    namespace: company.team
    tasks:
      - id: last_run
        type: io.kestra.plugin.core.kv.Delete
        key: last_run
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Unavailable
from gitops.tasks.kv.key import Key


class DeleteOutput(Model):
    """What became of the key."""

    deleted: bool = Field(description="Whether there was a key to delete.")


class Delete(Unavailable):
    """Delete a key of the key-value store of a namespace."""

    Output: ClassVar[type[BaseModel]] = DeleteOutput

    type: Literal["io.kestra.plugin.core.kv.Delete"]
    key: Key = Field(description="The key.")
    namespace: TemplatedStr = Field("{{ flow.namespace }}", description="The namespace; the flow's by default.")
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing key is a failure.")
