"""The run context made real: what one attempt sees of the world, and how it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from os import PathLike
from pathlib import Path

from gitops.engine.cipher import Cipher, opened, sealed
from gitops.engine.creation import Keeping
from gitops.engine.execution_files import ExecutionFiles
from gitops.engine.functions import environment, world
from gitops.engine.redaction import Redactor
from gitops.execution.state import Execution, TaskRun
from gitops.execution.tree import FlowTree
from gitops.execution.variables import Variables, variables
from gitops.language.expression.scope import Functions
from gitops.language.expression.template import render
from gitops.language.scalars import Level
from gitops.storage.storage import Storage
from gitops.store.logs import LogEntry

LogLine = Callable[[Level, str], None]
Mask = Callable[[str], None]


def _no_logs(_execution_id: str) -> list[LogEntry]:
    return []


def _show(_secret: str) -> None:
    """Mask nothing."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all attempts share: internal storage, the folder for working directories, the globals, the cipher and logs.

    With a `cipher`, sealed values among the variables are opened. `error_logs` gives the ERROR entries of an execution.
    """

    storage: Storage
    work: Path
    globals: Mapping[str, object]
    cipher: Cipher | None = None
    error_logs: Callable[[str], list[LogEntry]] = _no_logs

    def of(self, flow: FlowTree, execution: Execution, task_run: TaskRun | None, mask: Mask = _show) -> Variables:
        """Everything that expressions see of an execution; `mask` is told what was decrypted for that."""
        found = variables(flow, execution, task_run).extended(self._everywhere())
        cipher = self.cipher
        if cipher is None:
            return found
        return Variables({name: lambda name=name: opened(found[name], cipher, mask) for name in found})  # type: ignore[misc]  # binds the name of each turn

    def functions(self, execution: Execution, mask: Mask) -> Functions:
        """The functions of expressions that belong to an execution; `mask` is told every secret that is read."""
        files = ExecutionFiles.of(self.storage, execution)
        return world(mask, files=files, error_logs=lambda: self.error_logs(execution.id))

    def keeping(self) -> Keeping:
        """How the inputs of a new execution are kept."""
        cipher = self.cipher
        return Keeping(self.storage.put, (lambda text: sealed(text, cipher)) if cipher else None)

    def before(self, known: Mapping[str, object]) -> Variables:
        """What expressions see before there is an execution."""
        return Variables({name: partial(known.get, name) for name in known}).extended(self._everywhere())

    def _everywhere(self) -> dict[str, Callable[[], object]]:
        return {"envs": environment, "globals": lambda: dict(self.globals)}


class AttemptContext:
    """Implements RunContext for one attempt; `log` receives lines that are already free of secrets."""

    def __init__(
        self, surroundings: Surroundings, flow: FlowTree, execution: Execution, *, task_run: TaskRun, log: LogLine
    ) -> None:
        self._surroundings = surroundings
        self._execution = execution
        self._task_run = task_run
        self._log = log
        self._quietest = flow.task(task_run.task_id).log_level.rank
        self._redactor = Redactor()
        self._functions = surroundings.functions(execution, self._redactor.learn)
        self._variables = surroundings.of(flow, execution, task_run, self._redactor.learn).extended(
            {"workingDir": lambda: str(self.working_directory)}
        )
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []
        self._killed = False

    @property
    def variables(self) -> Mapping[str, object]:
        """See RunContext."""
        return self._variables

    @property
    def folder(self) -> Path:
        """Where the working directory is, or would be."""
        return self._surroundings.work / f"{self._task_run.id}-{len(self._task_run.attempts)}"

    @property
    def working_directory(self) -> Path:
        """See RunContext."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    @property
    def killed(self) -> bool:
        """See RunContext."""
        return self._killed

    def render(self, value: object) -> object:
        """See RunContext."""
        return render(value, self._variables, self._functions)

    def keep_file(self, path: PathLike[str]) -> str:
        """See RunContext."""
        file = Path(path)
        return self._surroundings.storage.put(f"{self._place()}/{file.relative_to(self.folder)}", file)

    def fetch_file(self, uri: str, target: PathLike[str]) -> None:
        """See RunContext."""
        self._surroundings.storage.fetch(uri, Path(target))

    def log(self, level: Level, message: str) -> None:
        """See RunContext."""
        if level.rank >= self._quietest:
            self._log(level, self._redactor.clean(message))

    def clean(self, text: str) -> str:
        """The text without the secrets that this attempt has read."""
        return self._redactor.clean(text)

    def on_kill(self, stop: Callable[[], None]) -> None:
        """See RunContext."""
        with self._lock:
            self._stops.append(stop)
            late = self._killed
        if late:
            stop()

    def kill(self) -> None:
        """Tell the attempt to stop; telling it again does nothing."""
        with self._lock:
            stops = [] if self._killed else list(self._stops)
            self._killed = True
        for stop in stops:
            stop()

    def _place(self) -> str:
        execution, task_run = self._execution, self._task_run
        namespace = execution.namespace.replace(".", "/")
        return f"main/{namespace}/{execution.flow_id}/executions/{execution.id}/tasks/{task_run.task_id}/{task_run.id}"
