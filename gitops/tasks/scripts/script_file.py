"""A script that is written to a file, which the language's program runs."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.tasks.scripts.script_task import ScriptTask
from gitops.tasks.scripts.workplace import Workplace


class ScriptFile(ScriptTask):
    """A script in a file. `SUFFIX` ends the file's name, `RUN` is the command that the name is given to."""

    SUFFIX: ClassVar[str]
    RUN: ClassVar[str]
    BEFORE: ClassVar[str] = ""
    """Text that is put before every script."""

    script: TemplatedStr = Field(description="The script.")

    def commands_in(self, place: Workplace) -> Sequence[str]:
        """Write the script to a file and run it."""
        file = place.new_file(self.suffix())
        file.write_text(self.BEFORE + place.local(self.script))
        return (f"{self.start()} {shlex.quote(str(file))}",)

    def suffix(self) -> str:
        """How the file's name ends."""
        return self.SUFFIX

    def start(self) -> str:
        """The command that the file's name is given to."""
        return self.RUN
