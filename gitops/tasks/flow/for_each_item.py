"""Split a file by its lines into batches, and call a flow for each of them.

## Example
    id: orders_by_hundreds
    namespace: company.team
    inputs:
      - id: orders
        type: FILE
    tasks:
      - id: batches
        type: io.kestra.plugin.core.flow.ForEachItem
        items: "{{ inputs.orders }}"
        batch:
          rows: 100
        namespace: company.team
        flowId: handle_orders
        inputs:
          orders: "{{ taskrun.items }}"
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.flowable import Flowable
from gitops.execution.state import Branch
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.size import Size
from gitops.language.task import Task
from gitops.tasks.flow.child_execution import CalledFlow
from gitops.tasks.flow.endings import Endings
from gitops.tasks.flow.for_each_item_items import ForEachItemItems
from gitops.tasks.flow.for_each_item_merge import ForEachItemMerge
from gitops.tasks.flow.for_each_item_split import ForEachItemSplit

_Count = Annotated[int, Field(ge=1)]


class Batch(Model):
    """How lines become batches; `bytes` counts more than `partitions`, and that more than `rows`."""

    rows: Templated[_Count] = Field(1, description="How many lines a batch has.")
    bytes: Templated[Size] | None = Field(None, description="How large a batch may be, such as `10MB`.")
    partitions: Templated[_Count] | None = Field(None, description="How many batches there are.")
    separator: TemplatedStr = Field("\n", description="What stands between two lines.")
    regex_pattern: TemplatedStr | None = Field(
        None, description="A batch for each text that the first group finds in a line."
    )


class ForEachItemOutput(Model):
    """What became of the batches."""

    number_of_batches: int = Field(description="How many batches there are.")
    iterations: dict[str, int] = Field(description="How many executions are in each state.")
    uri: str = Field(description="The address of the file that lists the batches.")
    subflow_outputs_base_uri: str = Field(description="The address below which the outputs of the executions are.")


class ForEachItem(CalledFlow, Endings, Flowable):
    """Call a flow for each batch of lines of a file."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.ForEachItem",)
    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "use `io.kestra.plugin.core.flow.Loop`"
    Output: ClassVar[type[BaseModel]] = ForEachItemOutput

    type: Literal["io.kestra.plugin.core.flow.ForEachItem"]
    items: TemplatedStr = Field(description="The `kestra://` address of a file with one item in each line.")
    batch: Batch = Field(default_factory=Batch, description="How the lines become batches; one line each by default.")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return self._steps if branch is Branch.TASKS else self.ending(branch)

    @cached_property
    def _steps(self) -> Sequence[Task]:
        """Split, call, and merge what the calls gave: three tasks with ids of their own."""
        batch = self.batch
        split = _step(
            ForEachItemSplit,
            id=f"{self.id}_split",
            from_=self.items,
            rows=batch.rows,
            bytes=batch.bytes,
            partitions=batch.partitions,
            regex_pattern=batch.regex_pattern,
            separator=batch.separator,
        )
        called = {name: getattr(self, name) for name in CalledFlow.model_fields}
        items = _step(ForEachItemItems, id=f"{self.id}_items", split=split.id, **called)
        merge = _step(ForEachItemMerge, id=f"{self.id}_merge", items=items.id)
        return (split, items, merge)


def _step(kind: type[Task], **fields: Any) -> Task:  # noqa: ANN401 - the properties of any task
    """A task that stands in no flow; what it is made of was read with the task that it belongs to."""
    return kind.model_construct(type=kind.type_name(), **fields)
