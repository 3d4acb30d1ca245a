"""What triggers that run a script have in common."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from gitops.language.files import FileMap
from gitops.language.scalars import Duration, Templated, TemplatedStr, Text
from gitops.language.trigger import UnavailableTrigger
from gitops.tasks.scripts.runners.runner import AnyRunner
from gitops.tasks.scripts.script_task import IMAGE


class WatchingScript(UnavailableTrigger):
    """A script that is run again and again; an execution is created when its end meets a condition."""

    container_image: TemplatedStr | None = Field(None, description=IMAGE)
    task_runner: AnyRunner | None = Field(None, description="Where the script runs.")
    before_commands: Templated[tuple[Text, ...]] = Field((), description="Commands run first, in the same shell.")
    env: Templated[dict[str, Text]] | None = Field(None, description="Environment variables.")
    input_files: FileMap | None = Field(None, description="Files made before the start.")
    exit_condition: TemplatedStr = Field(
        description="`exit N` compares the exit code, anything else is looked for in what the script handed on."
    )
    interval: Duration = Field(timedelta(seconds=60), description="How long to wait between two runs.")
    edge: Templated[bool] = Field(True, description="Fire only when the condition begins to hold.")
