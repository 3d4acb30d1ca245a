"""What triggers that run a script have in common."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from gitops.language.scalars import Duration, Templated, TemplatedStr, Text
from gitops.language.trigger import UnavailableTrigger
from gitops.tasks.scripts.script_task import IMAGE


class Watch(UnavailableTrigger):
    """Something that is run again and again; an execution is created when its end meets a condition."""

    container_image: TemplatedStr | None = Field(None, description=IMAGE)
    exit_condition: TemplatedStr = Field(
        description="`exit N` compares the exit code, anything else is looked for in what the script handed on."
    )
    interval: Duration = Field(timedelta(seconds=60), description="How long to wait between two runs.")
    edge: Templated[bool] = Field(True, description="Fire only when the condition begins to hold.")


class ScriptWatch(Watch):
    """A script that is run again and again."""

    script: TemplatedStr = Field(description="The script.")


class CommandsWatch(Watch):
    """Commands that are run again and again."""

    commands: Templated[tuple[Text, ...]] = Field(description="The commands.")
