"""Keep the lines of a file of Ion lines for which a condition holds.

## Example
    id: large_orders
    namespace: company.team
    inputs:
      - id: orders
        type: FILE
    tasks:
      - id: filter
        type: io.kestra.plugin.core.storage.FilterItems
        from: "{{ inputs.orders }}"
        filterCondition: "{{ total > 100 }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import ExpressionError, TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.values import is_truthy, text
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.storage.files import extension, fetch, new_file, rows
from gitops.tasks.storage.items import read_item


class FilterItemsOutput(Model):
    """The file with the lines that were kept."""

    uri: str = Field(description="The address of the new file.")
    processed_items_total: int = Field(description="How many lines were read.")
    dropped_items_total: int = Field(description="How many lines were left out.")


class FilterItems(Runnable):
    """Keep, or leave out, the lines of a file of Ion lines for which a condition holds."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.storages.FilterItems",)
    Output: ClassVar[type[BaseModel]] = FilterItemsOutput

    type: Literal["io.kestra.plugin.core.storage.FilterItems"]
    from_: TemplatedStr = Field(alias="from", description="The address of the file.")
    # Not rendered with the task: the fields of each line are its variables.
    filter_condition: Text = Field(
        description="An expression that decides about a line from its fields.", json_schema_extra={"x-templated": True}
    )
    filter_type: Templated[Literal["INCLUDE", "EXCLUDE"]] = Field(
        "INCLUDE", description="Whether the lines for which the condition holds are kept or left out."
    )
    error_or_null_behavior: Templated[Literal["FAIL", "INCLUDE", "EXCLUDE"]] = Field(
        "FAIL", description="What happens to a line for which the condition gives an error or nothing."
    )

    def run(self, context: RunContext) -> FilterItemsOutput:
        """Read the file line by line; the lines that are kept are kept as they are."""
        source = fetch(context, self.from_, property="from")
        target = new_file(context, "filtered", extension(self.from_))
        processed = kept = 0
        with target.open("wb") as file:
            for line in rows(source):
                processed += 1
                if self._is_kept(context, line):
                    kept += 1
                    file.write(line + b"\n")
        return FilterItemsOutput(
            uri=context.keep_file(target), processed_items_total=processed, dropped_items_total=processed - kept
        )

    def _is_kept(self, context: RunContext, line: bytes) -> bool:
        try:
            found = context.render_with(self.filter_condition, read_item(line))
        except ExpressionError:
            if self.error_or_null_behavior == "FAIL":
                raise
            found = None
        if found is None or text(found) == "":
            return self._without_answer()
        return is_truthy(text(found).strip()) is (self.filter_type == "INCLUDE")

    def _without_answer(self) -> bool:
        if self.error_or_null_behavior == "FAIL":
            raise TaskFailed(f"filterCondition: expected true or false, `{self.filter_condition}` gave nothing")
        return self.error_or_null_behavior == "INCLUDE"
