"""List the keys of the key-value store of a namespace.

## Example
    id: known_orders
    namespace: company.team
    tasks:
      - id: keys
        type: io.kestra.plugin.core.kv.GetKeys
        prefix: order_
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr


class GetKeysOutput(Model):
    """The keys that were found."""

    keys: list[str] = Field(description="The keys.")


class GetKeys(Runnable):
    """List the keys of the key-value store of a namespace."""

    Output: ClassVar[type[BaseModel]] = GetKeysOutput

    type: Literal["io.kestra.plugin.core.kv.GetKeys"]
    prefix: TemplatedStr | None = Field(None, description="What the keys begin with; all keys when there is none.")
    namespace: TemplatedStr = Field("{{ flow.namespace }}", description="The namespace; the flow's by default.")

    def run(self, context: RunContext) -> GetKeysOutput:
        """The keys in their order."""
        return GetKeysOutput(keys=context.services.key_values.keys(self.namespace, prefix=self.prefix or ""))
