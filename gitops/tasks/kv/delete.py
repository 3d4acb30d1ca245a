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

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.tasks.kv.key import Key


class DeleteOutput(Model):
    """What became of the key."""

    deleted: bool = Field(description="Whether there was a key to delete.")


class Delete(Runnable):
    """Delete a key of the key-value store of a namespace."""

    Output: ClassVar[type[BaseModel]] = DeleteOutput

    type: Literal["io.kestra.plugin.core.kv.Delete"]
    key: Key = Field(description="The key.")
    namespace: TemplatedStr = Field("{{ flow.namespace }}", description="The namespace; the flow's by default.")
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing key is a failure.")

    def run(self, context: RunContext) -> DeleteOutput:
        """Delete the key of this very namespace."""
        deleted = context.services.key_values.delete(self.namespace, self.key)
        if self.error_on_missing and not deleted:
            raise TaskFailed(f"The key '{self.key}' does not exist in the namespace '{self.namespace}'.")
        return DeleteOutput(deleted=deleted)
