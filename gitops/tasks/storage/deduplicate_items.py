"""Keep the last line for each key of a file of Ion lines.

## Example
    id: newest
    namespace: company.team
    inputs:
      - id: orders
        type: FILE
    tasks:
      - id: one_per_customer
        type: io.kestra.plugin.core.storage.DeduplicateItems
        from: "{{ inputs.orders }}"
        expr: "{{ customer }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr, Text
from gitops.language.task import Unavailable


class DeduplicateItemsOutput(Model):
    """The file without repeated keys."""

    uri: str = Field(description="The address of the new file.")
    num_keys: int = Field(description="How many keys there were.")
    processed_items_total: int = Field(description="How many lines were read.")
    dropped_items_total: int = Field(description="How many lines were left out.")


class DeduplicateItems(Unavailable):
    """Keep the last line for each key of a file of Ion lines."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.DeduplicateItems",)
    Output: ClassVar[type[BaseModel]] = DeduplicateItemsOutput

    type: Literal["io.kestra.plugin.core.storage.DeduplicateItems"]
    from_: TemplatedStr = Field(alias="from", description="The address of the file.")
    # Not rendered with the task: the fields of each line are its variables.
    expr: Text = Field(
        description="An expression that gives the key of a line from its fields.",
        json_schema_extra={"x-templated": True},
    )
