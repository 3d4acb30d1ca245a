"""A runnable: a task that does work, and the context it is handed to do it with."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property
from os import PathLike
from typing import ClassVar, Protocol

from pydantic import BaseModel

from gitops.execution.rendering import holds_expressions
from gitops.execution.services.services import Services
from gitops.language.scalars import Level
from gitops.language.task import Task

_HTTP = re.compile(r"\bhttp\s*\(")


class RunContext(Protocol):
    """The world as one attempt sees it. The task it belongs to is already rendered."""

    @property
    def variables(self) -> Mapping[str, object]:
        """What expressions see: flow, execution, inputs, outputs, vars and so on."""
        ...

    @property
    def working_directory(self) -> PathLike[str]:
        """A folder of this attempt's own, made on first use and removed when the attempt ends."""
        ...

    @property
    def killed(self) -> bool:
        """Whether the attempt was told to stop."""
        ...

    @property
    def services(self) -> Services:
        """What the world offers beyond this attempt: key-value pairs, files of the namespace, logs and so on."""
        ...

    def measure(self, kind: str, name: str, value: float, tags: Mapping[str, str]) -> None:
        """Keep a metric: a counter or gauge as it is, a timer in seconds."""
        ...

    def encrypt(self, text: str) -> object:
        """The text as a value that expressions decrypt; raises ExpressionError when the service has no key."""
        ...

    def render(self, value: object, *, typed: bool = False) -> object:
        """Render a value that the task holds in raw form; raises ExpressionError.

        With `typed`, a text that is a single expression becomes the value of it.
        """
        ...

    def render_with(self, value: object, more: Mapping[str, object], *, typed: bool = False) -> object:
        """The same with more variables."""
        ...

    def keep_file(self, path: PathLike[str]) -> str:
        """Put a file of the working directory into internal storage and return its `kestra:///` address."""
        ...

    def fetch_file(self, uri: str, target: PathLike[str]) -> None:
        """Write a file of internal storage to `target`."""
        ...

    def fetch_cache(self, target: PathLike[str], *, younger_than: timedelta | None) -> None:
        """Write the archive that this task kept in an earlier execution to `target`; raises NotFound."""
        ...

    def keep_cache(self, archive: PathLike[str]) -> None:
        """Keep an archive for this task in later executions."""
        ...

    def called_outputs(self, task_id: str) -> Iterator[Mapping[str, object]]:
        """The outputs of the executions that the task beside this one called, in the order of the calls."""
        ...

    def log(self, level: Level, message: str) -> None:
        """Write to the execution's log; secrets are masked."""
        ...

    def on_kill(self, stop: Callable[[], None]) -> None:
        """Call `stop`, from another thread, when the attempt must end early; at once when it already must."""
        ...


class Runnable(Task):
    """A task that does work.

    `INLINE` says that the work does no IO of its own and may run inside the dispatcher. `Output` describes what
    `run` returns; the linter and the reference pages read it.
    """

    INLINE: ClassVar[bool] = False

    @cached_property
    def calls_http(self) -> bool:
        """Whether an expression in it may call the function `http`, for which the dispatcher cannot wait."""
        return _HTTP.search(repr(self)) is not None

    @cached_property
    def is_constant(self) -> bool:
        """Whether every attempt sees the same task, because rendering it changes nothing."""
        return not holds_expressions(self)

    @abstractmethod
    def run(self, context: RunContext) -> BaseModel | None:
        """Do the work; raise TaskFailed with the reason when it cannot be done."""
