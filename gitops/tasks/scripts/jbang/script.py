"""Run a script in JBang.

## Example
    id: jbang_script
    namespace: company.team
    tasks:
      - id: run
        type: io.kestra.plugin.scripts.jbang.Script
        taskRunner:
          type: io.kestra.plugin.core.runner.Process
        script: |
          class Hello {
              public static void main(String[] arguments) {
                  System.out.println("hello");
              }
          }
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.scalars import Templated, TemplatedStr, Text
from gitops.tasks.scripts.script_file import ScriptFile
from gitops.tasks.scripts.script_task import IMAGE


class Script(ScriptFile):
    """Run one script in JBang."""

    PROGRAM: ClassVar[str] = "jbang"

    type: Literal["io.kestra.plugin.scripts.jbang.Script"]
    container_image: TemplatedStr | None = Field("jbangdev/jbang-action", description=IMAGE)
    extension: Templated[Text] = Field(".java", description="The ending of the script's name.")
    quiet: Templated[bool] = Field(True, description="Whether JBang itself says nothing but errors.")

    def suffix(self) -> str:
        """The extension, by which JBang knows the language."""
        return self.extension

    def start(self) -> str:
        """JBang, quiet or not."""
        return "jbang --quiet" if self.quiet else "jbang"
