"""A script that is handed to the interpreter as it is."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_task import ScriptTask
from gitops.tasks.scripts.workplace import Workplace


class ScriptText(ScriptTask):
    """A script that the interpreter reads."""

    script: TemplatedStr = Field(description="The script.")

    def commands_in(self, place: Workplace) -> Sequence[str]:
        """The script, with copies of the files that it addresses."""
        return (place.local(self.script),)
