"""The base of every task runner: where and how the command of a script task runs."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, PlainValidator, SerializeAsAny, ValidationInfo, WithJsonSchema

from gitops.execution.runnable import RunContext
from gitops.language.model import Kind
from gitops.language.task import read_as


@dataclass(frozen=True, slots=True)
class Command:
    """What to run: a program with its arguments, its environment and the folder it works in.

    `heard` receives every line of output: whether it came on standard error, and the line without its end.
    """

    arguments: Sequence[str]
    environment: Mapping[str, str]
    folder: Path
    heard: Callable[[bool, str], None]


class TaskRunner(Kind):
    """Where a script task runs: what every runner type has."""

    ROOM: ClassVar[str] = "TaskRunner"

    type: str = Field(description="The runner type.")

    @classmethod
    def recover(cls, work: Path) -> None:
        """End what a crashed service left running; `work` is the folder of the working directories."""

    @abstractmethod
    def run(self, command: Command, context: RunContext) -> int:
        """Run the command to its end and return its exit code; stop it when the attempt is killed."""


class UnavailableRunner(TaskRunner):
    """The base of runner types that flows may name, and that this version does not have: deploying says so."""

    AVAILABLE: ClassVar[bool] = False

    def run(self, command: Command, context: RunContext) -> int:
        """Always refused: there is nothing to run on."""
        raise NotImplementedError(f"the task runner `{self.type}` is not available")


class OpaqueRunner(UnavailableRunner):
    """A runner of a type that is not installed here."""

    model_config = ConfigDict(extra="allow")


def _read_runner(value: object, info: ValidationInfo) -> object:
    return read_as(TaskRunner.ROOM, value, info, OpaqueRunner)


AnyRunner = Annotated[
    TaskRunner, SerializeAsAny(), PlainValidator(_read_runner), WithJsonSchema({"x-room": "TaskRunner"})
]
