"""What every script task has and does: files, environment, interpreter, runner, and the `::{…}::` protocol."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Level, Templated, TemplatedStr, Text
from gitops.tasks.scripts.protocol import read_line
from gitops.tasks.scripts.runners.process import Process
from gitops.tasks.scripts.runners.runner import AnyRunner, Command

_HERE = Process(type="io.kestra.plugin.core.runner.Process")


class ScriptOutput(Model):
    """What a script hands on."""

    exit_code: int = Field(description="The exit code.")
    vars: dict[str, Any] = Field(description="The `outputs` that the script printed as `::{…}::` lines.")
    output_files: dict[str, str] = Field(description="The address of each kept file, by its path.")


class ScriptTask(Runnable):
    """A script in some language, run by a task runner."""

    Output: ClassVar[type[BaseModel]] = ScriptOutput

    task_runner: AnyRunner = Field(_HERE, description="Where the script runs; a local process unless said otherwise.")
    container_image: TemplatedStr | None = Field(None, description="The image for runners that use containers.")
    before_commands: Templated[tuple[Text, ...]] = Field((), description="Commands run first, in the same shell.")
    env: Templated[dict[str, Text]] | None = Field(None, description="Environment variables.")
    input_files: Templated[dict[str, Text]] | None = Field(
        None, description="Files made before the start: name to content, or to a `kestra://` address."
    )
    output_files: Templated[tuple[Text, ...]] = Field((), description="Patterns of the files that are kept.")
    interpreter: Templated[tuple[Text, ...]] = Field(
        ("/bin/sh", "-c"), min_length=1, description="The program that reads the commands."
    )
    fail_fast: Templated[bool] = Field(True, description="Stop at the first command that fails.")
    warning_on_std_err: Templated[bool] = Field(
        True, description="Has no effect since Kestra 0.23.", deprecated="`warningOnStdErr` has no effect; remove it"
    )

    @abstractmethod
    def commands_in(self, folder: Path) -> Sequence[str]:
        """The shell commands that do the work, after writing what they need to the folder."""

    def run(self, context: RunContext) -> ScriptOutput:
        """Run the commands in a folder of their own; a non-zero exit code is a failure."""
        folder = Path(context.working_directory)
        self._write_inputs(folder, context)
        heard = _Heard(context)
        code = self.task_runner.run(self._command(folder, heard), context)
        kept = {str(path.relative_to(folder)): context.keep_file(path) for path in self._matches(folder)}
        output = ScriptOutput(exit_code=code, vars=heard.outputs, output_files=kept)
        if code:
            raise TaskFailed(f"Command failed with exit code {code}", outputs=output.model_dump())
        return output

    def environment(self) -> dict[str, str]:
        """Variables that the language needs; `env` wins over them."""
        return {}

    def _command(self, folder: Path, heard: _Heard) -> Command:
        strict = ("set -e",) if self.fail_fast else ()
        script = "\n".join((*strict, *self.before_commands, *self.commands_in(folder)))
        environment = {"WORKING_DIR": str(folder), **self.environment(), **(self.env or {})}
        return Command((*self.interpreter, script), environment=environment, folder=folder, heard=heard.hear)

    def _write_inputs(self, folder: Path, context: RunContext) -> None:
        for name, content in (self.input_files or {}).items():
            target = _inside(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if content.startswith("kestra://"):
                context.fetch_file(content, target)
            else:
                target.write_text(content)

    def _matches(self, folder: Path) -> list[Path]:
        found = {path for pattern in self.output_files for path in folder.glob(_relative(pattern)) if path.is_file()}
        return sorted(path for path in found if path.resolve().is_relative_to(folder.resolve()))


class _Heard:
    """Listens to the lines of a script: protocol lines become outputs, all others log entries."""

    def __init__(self, context: RunContext) -> None:
        self.outputs: dict[str, Any] = {}
        self._context = context

    def hear(self, line: str, is_error: bool) -> None:
        try:
            said = read_line(line)
        except ValueError:
            self._context.log(Level.WARN, f"Invalid outputs '{line}'")
            return
        if said is None:
            self._context.log(Level.ERROR if is_error else Level.INFO, line)
            return
        self.outputs |= said.outputs
        for level, message in said.logs:
            self._context.log(level, message)


def _relative(pattern: str) -> str:
    return pattern.removeprefix("glob:").lstrip("/")


def _inside(folder: Path, name: str) -> Path:
    target = (folder / name).resolve()
    if not target.is_relative_to(folder.resolve()):
        raise TaskFailed(f"inputFiles: expected a path inside the working directory, found `{name}`")
    return target
