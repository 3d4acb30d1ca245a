"""The first step of a ForEachItem: the file becomes batches. It stands in no flow by itself."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext
from gitops.language.model import Model
from gitops.tasks.storage.split import Split


class ForEachItemSplitOutput(Model):
    """The batches."""

    splits: str = Field(description="The address of a file with the address of a batch in each line.")


class ForEachItemSplit(Split):
    """Deal the lines of a file into batches, and list these in a file."""

    ALIASES: ClassVar[tuple[str, ...]] = ()
    Output: ClassVar[type[BaseModel]] = ForEachItemSplitOutput

    type: Literal["io.kestra.plugin.core.flow.ForEachItem$ForEachItemSplit"]  # type: ignore[assignment]  # another type name than the base's

    def run(self, context: RunContext) -> ForEachItemSplitOutput:  # type: ignore[override]  # a list of its own
        """Split, then keep the list."""
        uris = super().run(context).uris
        listing = Path(context.working_directory, "splits.txt")
        listing.write_text("".join(f"{uri}\n" for uri in uris))
        return ForEachItemSplitOutput(splits=context.keep_file(listing))
