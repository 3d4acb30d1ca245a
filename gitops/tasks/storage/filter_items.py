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

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.language.task import Unavailable


class FilterItemsOutput(Model):
    """The file with the lines that were kept."""

    uri: str = Field(description="The address of the new file.")
    processed_items_total: int = Field(description="How many lines were read.")
    dropped_items_total: int = Field(description="How many lines were left out.")


class FilterItems(Unavailable):
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
