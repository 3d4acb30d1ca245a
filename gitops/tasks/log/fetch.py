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

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Level, Templated, TemplatedStr, Text
from gitops.language.task import Unavailable


class FetchOutput(Model):
    """The file with the log."""

    uri: str = Field(description="The address of the file, one log entry in each line.")
    size: int = Field(description="How many entries it has.")


class Fetch(Unavailable):
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
