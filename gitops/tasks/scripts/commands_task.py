"""Commands of a shell that has a language at hand."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from gitops.language.scalars import Templated, Text
from gitops.tasks.scripts.script_task import ScriptTask
from gitops.tasks.scripts.workplace import Workplace


class CommandsTask(ScriptTask):
    """Commands run one after another in one shell."""

    commands: Templated[tuple[Text, ...]] = Field(description="The commands.")

    def commands_in(self, place: Workplace) -> Sequence[str]:
        """The commands, with copies of the files that they address."""
        return [place.local(command) for command in self.commands]
