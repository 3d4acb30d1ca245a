"""The last step of a ForEachItem: the outputs of the called flows become one file. It stands in no flow by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model


class ForEachItemMergeOutput(Model):
    """The outputs together."""

    subflow_outputs: str | None = Field(
        None, description="The address of a file with the outputs of a call in each line."
    )


class ForEachItemMerge(Runnable):
    """Write the outputs of all executions that the task `items` called into one file, in the order of the batches."""

    Output: ClassVar[type[BaseModel]] = ForEachItemMergeOutput

    type: Literal["io.kestra.plugin.core.flow.ForEachItem$ForEachItemMergeOutputs"]
    items: str

    def run(self, context: RunContext) -> ForEachItemMergeOutput:
        """Keep a file, unless no called flow has outputs."""
        merged = Path(context.working_directory, "outputs.jsonl")
        found = 0
        with merged.open("w") as lines:
            for outputs in context.called_outputs(self.items):
                lines.write(json.dumps(outputs, default=str) + "\n")
                found += 1
        return ForEachItemMergeOutput(subflow_outputs=context.keep_file(merged) if found else None)
