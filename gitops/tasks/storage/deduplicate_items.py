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

from hashlib import blake2b
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.values import text
from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr, Text
from gitops.tasks.storage.files import extension, fetch, new_file, rows
from gitops.tasks.storage.items import read_item


class DeduplicateItemsOutput(Model):
    """The file without repeated keys."""

    uri: str = Field(description="The address of the new file.")
    num_keys: int = Field(description="How many keys there were.")
    processed_items_total: int = Field(description="How many lines were read.")
    dropped_items_total: int = Field(description="How many lines were left out.")


class DeduplicateItems(Runnable):
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

    def run(self, context: RunContext) -> DeduplicateItemsOutput:
        """Read the file twice: to find the last line of each key, then to keep these lines."""
        source = fetch(context, self.from_, property="from")
        keys = [self._key(context, line) for line in rows(source)]
        last = {key: number for number, key in enumerate(keys)}
        target = new_file(context, "deduplicated", extension(self.from_))
        wanted = frozenset(last.values())
        with target.open("wb") as file:
            file.writelines(line + b"\n" for number, line in enumerate(rows(source)) if number in wanted)
        return DeduplicateItemsOutput(
            uri=context.keep_file(target),
            num_keys=len(last),
            processed_items_total=len(keys),
            dropped_items_total=len(keys) - len(last),
        )

    def _key(self, context: RunContext, line: bytes) -> bytes:
        """What tells the key of a line from others: a digest, because keys may be long and lines many."""
        return blake2b(text(context.render_with(self.expr, read_item(line))).encode(), digest_size=16).digest()
