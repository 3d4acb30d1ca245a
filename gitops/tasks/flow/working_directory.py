"""Run tasks in one folder, so that each finds the files of those before it.

## Example
    id: one_folder
    namespace: company.team
    tasks:
      - id: folder
        type: io.kestra.plugin.core.flow.WorkingDirectory
        inputFiles:
          names.txt: |
            Ada
            Grace
        outputFiles:
          - sorted.txt
        tasks:
          - id: sort
            type: io.kestra.plugin.scripts.shell.Commands
            taskRunner:
              type: io.kestra.plugin.core.runner.Process
            commands:
              - sort names.txt > sorted.txt
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.holding import Children, Holding
from gitops.execution.runnable import RunContext
from gitops.execution.state import Branch, State
from gitops.language.files import FileMap, Globs, NamespaceFiles
from gitops.language.model import Model
from gitops.language.task import SomeTasks, Task, Tasks
from gitops.tasks.flow.endings import Endings
from gitops.tasks.flow.folder_cache import FolderCache, restore_cache, save_cache
from gitops.tasks.scripts.workplace import Workplace


def _on_one_worker(tasks: Tasks) -> Tasks:
    for task in tasks:
        if not task.RUNNABLE:
            raise ValueError(f"`{task.id}`: only runnable tasks may stand in a WorkingDirectory, found `{task.type}`")
        if task.worker_group is not None:
            raise ValueError(f"`{task.id}`: expected `workerGroup` on the WorkingDirectory, found it on a task in it")
    return tasks


class WorkingDirectoryOutput(Model):
    """The files that were kept."""

    output_files: dict[str, str] | None = Field(None, description="The address of each kept file, by its path.")


class WorkingDirectory(Endings, Holding):
    """Run children in order in one folder on one worker."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.tasks.flows.WorkingDirectory",
        "io.kestra.core.tasks.flows.Worker",
    )
    Output: ClassVar[type[BaseModel]] = WorkingDirectoryOutput

    type: Literal["io.kestra.plugin.core.flow.WorkingDirectory"]
    tasks: Annotated[SomeTasks, AfterValidator(_on_one_worker)] = Field(
        description="The children, run in order; only runnable tasks.",
        json_schema_extra={"minItems": 1, "x-only": "runnable"},
    )
    input_files: FileMap | None = Field(
        None, description="Files made before the start: name to content, or to a `kestra://` address."
    )
    output_files: Globs = Field((), description="Patterns of the files that are kept.")
    namespace_files: NamespaceFiles | None = Field(None, description="Which files of the namespace are put there.")
    cache: FolderCache | None = Field(None, description="Files that are kept for the next execution.")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Holding."""
        return self.tasks if branch is Branch.TASKS else self.ending(branch)

    def hold(self, context: RunContext, children: Children) -> WorkingDirectoryOutput:
        """Make the folder as the flow wants it, run the children in it, and keep what is wanted of it."""
        place = Workplace(Path(context.working_directory), context)
        kept = restore_cache(self.cache, context) if self.cache is not None else None
        place.write_namespace_files(self.namespace_files)
        place.write_inputs(self.input_files)
        for task in children.tasks:
            if children.run(task) not in _GOES_ON:
                raise TaskFailed(f"the task `{task.id}` has not succeeded")
        files = place.kept(self.output_files)
        if self.cache is not None:
            save_cache(self.cache, context, restored=kept)
        return WorkingDirectoryOutput(output_files=files or None)


_GOES_ON = (State.SUCCESS, State.WARNING, State.SKIPPED)
