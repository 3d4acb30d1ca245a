"""Read a key of the key-value store of a namespace.

## Example
    id: recall
    namespace: company.team
    tasks:
      - id: last_run
        type: io.kestra.plugin.core.kv.Get
        key: last_run
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "last run at {{ outputs.last_run.value ?? 'no time' }}"
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import NotFound, TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.values import plain
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.tasks.kv.key import Key


class GetOutput(Model):
    """What the key holds."""

    value: Any = Field(None, description="The value in the type it was set in; absent when there is none.")


class Get(Runnable):
    """Read a key of the key-value store of a namespace."""

    Output: ClassVar[type[BaseModel]] = GetOutput

    type: Literal["io.kestra.plugin.core.kv.Get"]
    key: Key = Field(description="The key.")
    namespace: TemplatedStr = Field("{{ flow.namespace }}", description="The namespace; the flow's by default.")
    error_on_missing: Templated[bool] = Field(False, description="Whether a missing key is a failure.")

    def run(self, context: RunContext) -> GetOutput:
        """The value; the flow's own namespace has the keys of those above it too."""
        try:
            return GetOutput(value=plain(context.services.key_values.get(self.namespace, self.key)))
        except NotFound as missing:
            if self.error_on_missing:
                raise TaskFailed(str(missing)) from None
            return GetOutput()
