"""Set a key of the key-value store of a namespace.

## Example
    id: remember
    namespace: company.team
    tasks:
      - id: last_run
        type: io.kestra.plugin.core.kv.Set
        key: last_run
        value: "{{ execution.startDate }}"
        kvType: DATETIME
        ttl: P30D
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.language.task import Unavailable
from gitops.tasks.kv.key import Key


class Set(Unavailable):
    """Set a key of the key-value store of a namespace."""

    type: Literal["io.kestra.plugin.core.kv.Set"]
    key: Key = Field(description="The key.")
    value: Templated[Any] = Field(description="The value; one that is an expression and nothing else keeps its type.")
    namespace: TemplatedStr = Field("{{ flow.namespace }}", description="The namespace; the flow's by default.")
    overwrite: Templated[bool] = Field(True, description="Whether a value that is there is replaced, or a failure.")
    ttl: Templated[Duration] | None = Field(None, description="How long the value is kept; without it, for ever.")
    kv_type: Templated[Literal["STRING", "NUMBER", "BOOLEAN", "DATETIME", "DATE", "DURATION", "JSON"]] | None = Field(
        None, description="The type that a text is read as; the value's own when there is none."
    )
    kv_description: TemplatedStr | None = Field(None, description="What the value means.")
