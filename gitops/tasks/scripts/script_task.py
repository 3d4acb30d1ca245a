"""What every script task has and does: files, environment, interpreter, runner, and the `::{…}::` protocol."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.files import FileMap, Globs, NamespaceFiles
from gitops.language.model import UNAVAILABLE, Model, deprecated
from gitops.language.scalars import Level, Templated, TemplatedStr, Text
from gitops.tasks.scripts.protocol import read_line
from gitops.tasks.scripts.runners.docker_options import DockerOptions
from gitops.tasks.scripts.runners.process import Process
from gitops.tasks.scripts.runners.runner import AnyRunner, Command
from gitops.tasks.scripts.workplace import Workplace

_HERE = Process(type="io.kestra.plugin.core.runner.Process")
_LONGEST_MESSAGE = 10_240


class ScriptOutput(Model):
    """What a script hands on."""

    exit_code: int = Field(description="The exit code.")
    vars: dict[str, Any] = Field(description="The `outputs` that the script printed as `::{…}::` lines.")
    output_files: dict[str, str] = Field(description="The address of each kept file, by its path.")
    task_runner: dict[str, Any] | None = Field(None, description="What the runner tells of itself.")


IMAGE = "The image for runners that use containers."
"""The description of `containerImage`, which each language has another default for."""


class ScriptTask(Runnable):
    """A script in some language, run by a task runner. `PROGRAM` is what has to be installed for it."""

    Output: ClassVar[type[BaseModel]] = ScriptOutput
    PROGRAM: ClassVar[str] = "sh"

    task_runner: AnyRunner = Field(_HERE, description="Where the script runs; a local process unless said otherwise.")
    container_image: TemplatedStr | None = Field(None, description=IMAGE)
    before_commands: Templated[tuple[Text, ...]] = Field((), description="Commands run first, in the same shell.")
    env: Templated[dict[str, Text]] | None = Field(None, description="Environment variables.")
    input_files: FileMap | None = Field(
        None, description="Files made before the start: name to content, or to a `kestra://` address."
    )
    output_files: Globs = Field((), description="Patterns of the files that are kept.")
    namespace_files: NamespaceFiles | None = Field(None, description="Files of the namespace in the working directory.")
    interpreter: Templated[tuple[Text, ...]] = Field(
        ("/bin/sh", "-c"), min_length=1, description="The program that reads the commands."
    )
    fail_fast: Templated[bool] = Field(True, description="Stop at the first command that fails.")
    target_os: Templated[Literal["LINUX", "WINDOWS", "AUTO"]] = Field(
        "AUTO", alias="targetOS", description="The system that the script is written for."
    )
    warning_on_std_err: Templated[bool] = Field(
        True, description="Has no effect.", json_schema_extra=deprecated("it has no effect; remove it")
    )
    output_directory: Templated[bool] = Field(
        False,
        description="Keep every file of the folder `OUTPUT_DIR`.",
        json_schema_extra={**UNAVAILABLE, **deprecated("use `outputFiles`", removed=True)},
    )
    runner: Literal["PROCESS", "DOCKER"] | None = Field(
        None,
        description="Where the script runs; wins over `taskRunner`.",
        json_schema_extra={"x-unavailable-values": ["DOCKER"], **deprecated("use `taskRunner`", removed=True)},
    )
    docker: DockerOptions | None = Field(
        None,
        description="How a container is made.",
        json_schema_extra=deprecated("use `taskRunner` and `containerImage`", removed=True),
    )

    @abstractmethod
    def commands_in(self, place: Workplace) -> Sequence[str]:
        """The shell commands that do the work, after writing what they need to the folder."""

    def run(self, context: RunContext) -> ScriptOutput:
        """Run the commands in a folder of their own; a non-zero exit code is a failure."""
        place = Workplace(Path(context.working_directory), context)
        place.write_namespace_files(self.namespace_files)
        place.write_inputs(self.input_files)
        heard = _Heard(context)
        runner = _HERE if self.runner == "PROCESS" else self.task_runner
        code = runner.run(self._command(place, heard), context)
        output = ScriptOutput(exit_code=code, vars=heard.outputs, output_files=place.kept(self.output_files))
        if code:
            raise TaskFailed(f"Command failed with exit code {code}", outputs=output.model_dump(exclude_none=True))
        return output

    def strict(self) -> str:
        """The command after which the shell stops at the first failure; Windows has none."""
        return "" if self.target_os == "WINDOWS" else "set -e"

    def preparation(self, place: Workplace) -> Sequence[str]:  # noqa: ARG002 - most languages need none
        """Commands that the language needs before those of the flow."""
        return ()

    def environment(self, place: Workplace) -> dict[str, str]:
        """Variables that the script sees; `env` wins over them."""
        return {"WORKING_DIR": str(place.folder)}

    def _command(self, place: Workplace, heard: _Heard) -> Command:
        strict = (self.strict(),) if self.fail_fast else ()
        before = [place.local(command) for command in self.before_commands]
        lines = (*strict, *self.preparation(place), *before, *self.commands_in(place))
        script = ("\r\n" if self.target_os == "WINDOWS" else "\n").join(lines)
        environment = {**self.environment(place), **(self.env or {})}
        return Command((*self.interpreter, script), environment=environment, folder=place.folder, heard=heard.hear)


class _Heard:
    """Listens to the lines of a script: protocol lines become outputs and metrics, all others log entries."""

    def __init__(self, context: RunContext) -> None:
        self.outputs: dict[str, Any] = {}
        self._context = context

    def hear(self, is_error: bool, line: str) -> None:
        try:
            said = read_line(line)
        except ValueError:
            self._log(Level.WARN, f"Invalid outputs '{line}'")
            return
        if said is None:
            self._log(Level.ERROR if is_error else Level.INFO, line)
            return
        self.outputs |= said.outputs or {}
        for entry in said.logs or ():
            self._log(entry.level, entry.message)
        for metric in said.metrics or ():
            self._context.measure(metric.type, metric.name, metric.amount(), metric.tags or {})

    def _log(self, level: Level, message: str) -> None:
        """Log a message; one that is longer than the log's limit in parts."""
        for start in range(0, len(message) or 1, _LONGEST_MESSAGE):
            self._context.log(level, message[start : start + _LONGEST_MESSAGE])
