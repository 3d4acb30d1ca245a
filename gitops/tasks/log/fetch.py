"""Keep the log of an execution as a file.

## Example
    id: keep_log
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: Hello
      - id: fetch
        type: io.kestra.plugin.core.log.Fetch
        tasksId:
          - say
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.library.ion import to_ion
from gitops.language.model import Model
from gitops.language.scalars import Level, Templated, TemplatedStr, Text


class FetchOutput(Model):
    """The file with the log."""

    uri: str = Field(description="The address of the file, one log entry in each line.")
    size: int = Field(description="How many entries it has.")


class Fetch(Runnable):
    """Write the log of an execution, or of some of its tasks, to a file."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.log.Fetch",)
    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "use `io.kestra.plugin.kestra.logs.Fetch`"
    Output: ClassVar[type[BaseModel]] = FetchOutput

    type: Literal["io.kestra.plugin.core.log.Fetch"]
    namespace: TemplatedStr | None = Field(None, description="The namespace of the flow; goes with `flowId`.")
    flow_id: TemplatedStr | None = Field(None, description="The flow of the execution; goes with `executionId`.")
    execution_id: TemplatedStr | None = Field(None, description="The execution; the task's own by default.")
    tasks_id: Templated[tuple[Text, ...]] = Field((), description="Ids of the tasks; all when there is none.")
    level: Templated[Level] = Field(Level.INFO, description="The quietest level that is kept.")

    def run(self, context: RunContext) -> FetchOutput:
        """Write the entries that there are by now, one Ion value in each line."""
        records = context.services.log_records
        entries = records.fetch(self.execution_id, place=self._place(), task_ids=self.tasks_id, min_level=self.level)
        file = Path(context.working_directory) / "logs.ion"
        with file.open("w", encoding="utf-8") as target:
            size = sum(bool(target.write(f"{to_ion(entry)}\n")) for entry in entries)
        return FetchOutput(uri=context.keep_file(file), size=size)

    def _place(self) -> tuple[str, str] | None:
        """The flow that the execution must be of, when it is named."""
        if self.namespace is None and self.flow_id is None:
            return None
        if self.namespace is None or self.flow_id is None or self.execution_id is None:
            raise TaskFailed("expected `namespace` and `flowId` together, and only with `executionId`")
        return self.namespace, self.flow_id
