"""The run context made real: what one attempt sees of the world, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from os import PathLike
from pathlib import Path

from gitops.engine import clock
from gitops.engine.cipher import Cipher, opened, sealed
from gitops.engine.creation import Keeping
from gitops.engine.execution_files import ExecutionFiles
from gitops.engine.functions.http import http_with
from gitops.engine.functions.world import FunctionsOnDemand, ReadKey, environment, stored_keys, world
from gitops.engine.redaction import Redactor
from gitops.engine.services.place import Place, World
from gitops.engine.services.services import StoredServices
from gitops.engine.size_limit import SizeLimit
from gitops.engine.stoppable import Stoppable
from gitops.errors import ExpressionError, NotFound
from gitops.execution.holding import Holding
from gitops.execution.identity import task_run_id
from gitops.execution.state import Branch, Execution, TaskRun
from gitops.execution.tree import FlowTree
from gitops.execution.variables import Variables, variables
from gitops.language.expression.library.texts import slug
from gitops.language.expression.scope import Functions
from gitops.language.expression.template import render
from gitops.language.scalars import Level
from gitops.storage.storage import SCHEME, Storage
from gitops.store.logs import LogEntry
from gitops.store.metrics import Metric

_NOTHING: Mapping[str, object] = {}
LogLine = Callable[[Level, str], None]
Mask = Callable[[str], None]


_UNLIMITED = SizeLimit()


def _no_logs(_execution_id: str) -> list[LogEntry]:
    return []


def _no_outputs(_caller: TaskRun) -> Iterator[Mapping[str, object]]:
    return iter(())


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
    called_outputs: Callable[[TaskRun], Iterator[Mapping[str, object]]] = _no_outputs
    world: World | None = None
    size_limit: SizeLimit = _UNLIMITED

    def of(
        self,
        flow: FlowTree,
        execution: Execution,
        task_run: TaskRun | None,
        mask: Mask = _show,
        *,
        more: Mapping[str, object] = _NOTHING,
    ) -> Variables:
        """Everything that expressions see of an execution; `mask` is told what was decrypted for that.

        `more` is what is particular to one of several calls of a task, in `taskrun`.
        """
        found = variables(flow, execution, task_run, more).extended(self._everywhere())
        cipher = self.cipher
        if cipher is None:
            return found
        return Variables({name: lambda name=name: opened(found[name], cipher, mask) for name in found})  # type: ignore[misc]  # binds the name of each turn

    def functions(self, execution: Execution, mask: Mask, *, http: Callable[..., object] | None = None) -> Functions:
        """The functions of expressions that belong to an execution; `mask` is told every secret that is read."""

        def make() -> Functions:
            files = ExecutionFiles.of(self.storage, execution)
            keys = self.keys(execution.namespace)
            logs = partial(self.error_logs, execution.id)
            return world(mask, files=files, error_logs=logs, read_key=keys, http=http)

        return FunctionsOnDemand(make)

    def keys(self, namespace: str) -> ReadKey | None:
        """What `kv()` reads from in the flows of a namespace; None without a store."""
        return None if self.world is None else stored_keys(self.world.store, namespace)

    def keeping(self) -> Keeping:
        """How the inputs of a new execution are kept."""
        cipher = self.cipher
        seal = (lambda text: sealed(text, cipher)) if cipher else None
        return Keeping(self.storage.put, seal, self.keys, self.size_limit.refuse_large)

    def before(self, known: Mapping[str, object]) -> Variables:
        """What expressions see before there is an execution."""
        return Variables({name: partial(known.get, name) for name in known}).extended(self._everywhere())

    def _everywhere(self) -> dict[str, Callable[[], object]]:
        return {"envs": environment, "globals": lambda: dict(self.globals)}


class AttemptContext(Stoppable):
    """Implements RunContext for one attempt; `log` receives lines that are already free of secrets.

    An attempt that runs inside the dispatcher may not wait for others.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        flow: FlowTree,
        execution: Execution,
        *,
        task_run: TaskRun,
        log: LogLine,
        may_wait: bool = True,
    ) -> None:
        super().__init__()
        self._surroundings = surroundings
        self._execution = execution
        self._task_run = task_run
        self._log = log
        self._flow = flow
        self._quietest = flow.task(task_run.task_id).log_level.rank
        self._redactor = Redactor()
        http = http_with(self) if may_wait else None
        self._functions = surroundings.functions(execution, self._redactor.learn, http=http)
        self._variables = surroundings.of(flow, execution, task_run, self._redactor.learn).extended(
            {"workingDir": lambda: str(self.working_directory)}
        )
        self._services: StoredServices | None = None
        self._measured: list[Metric] = []

    @property
    def variables(self) -> Mapping[str, object]:
        """See RunContext."""
        return self._variables

    @property
    def folder(self) -> Path:
        """Where the working directory is, or would be; that of the task that holds this one, if one does."""
        owner = self._holder() or self._task_run
        return self._surroundings.work / f"{owner.id}-{len(owner.attempts)}"

    @property
    def owns_folder(self) -> bool:
        """Whether the working directory goes when the attempt ends."""
        return self._holder() is None

    @property
    def working_directory(self) -> Path:
        """See RunContext."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    @property
    def task_run(self) -> TaskRun:
        """The task run, as it was when the attempt began."""
        return self._task_run

    @property
    def services(self) -> StoredServices:
        """See RunContext."""
        if self._services is None:
            self._services = StoredServices(self.place)
        return self._services

    @property
    def place(self) -> Place:
        """Where the attempt stands in the world."""
        execution, world = self._execution, self._surroundings.world
        assert world is not None  # noqa: S101 - only engines in pieces have none
        return Place(world, execution.namespace, execution.flow_id, execution.id)

    def measure(self, kind: str, name: str, value: float, tags: Mapping[str, str]) -> None:
        """See RunContext."""
        self._measured.append(Metric(self._execution.id, self._task_run, kind, name, value, dict(tags), clock.now()))

    def encrypt(self, text: str) -> object:
        """See RunContext."""
        cipher = self._surroundings.cipher
        if cipher is None:
            raise ExpressionError("the service has no encryption key; set `encryption_key`")
        return sealed(text, cipher)

    @property
    def measured(self) -> Sequence[Metric]:
        """The metrics of this attempt so far."""
        return self._measured

    def render(self, value: object, *, typed: bool = False) -> object:
        """See RunContext."""
        return render(value, self._variables, self._functions, typed=typed)

    def render_with(self, value: object, more: Mapping[str, object], *, typed: bool = False) -> object:
        """See RunContext."""
        known = self._variables.extended({name: partial(more.get, name) for name in more})
        return render(value, known, self._functions, typed=typed)

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

    def fetch_cache(self, target: PathLike[str], *, younger_than: timedelta | None) -> None:
        """See RunContext."""
        path = self._cache_place()
        if younger_than is not None and self._surroundings.storage.modified(SCHEME + path) < clock.now() - younger_than:
            raise NotFound("the cache is too old")
        self._surroundings.storage.fetch(SCHEME + path, Path(target))

    def keep_cache(self, archive: PathLike[str]) -> None:
        """See RunContext."""
        self._surroundings.storage.put(self._cache_place(), Path(archive))

    def called_outputs(self, task_id: str) -> Iterator[Mapping[str, object]]:
        """See RunContext."""
        own = self._task_run
        beside = self._execution.task_runs.get(task_run_id(own.execution_id, own.parent_id, task_id, own.iteration))
        return iter(()) if beside is None else self._surroundings.called_outputs(beside)

    def _holder(self) -> TaskRun | None:
        """The task run that holds this one on its worker, if there is one."""
        parent_id = self._task_run.parent_id
        parent = self._execution.task_runs.get(parent_id) if parent_id else None
        held = parent is not None and isinstance(self._flow.task(parent.task_id), Holding)
        return parent if held and self._task_run.branch is Branch.TASKS else None

    def _cache_place(self) -> str:
        """Where this task's archive is: one for each value, inside of loops."""
        execution, value = self._execution, self._task_run.value
        namespace = execution.namespace.replace(".", "/")
        inner = "" if value is None else f"/{sha256(value.encode()).hexdigest()}"
        return f"{namespace}/{slug(execution.flow_id)}/{slug(self._task_run.task_id)}/cache{inner}/cache.zip"

    def _place(self) -> str:
        execution, task_run = self._execution, self._task_run
        namespace = execution.namespace.replace(".", "/")
        where = f"{namespace}/{slug(execution.flow_id)}/executions/{execution.id}"
        return f"{where}/tasks/{slug(task_run.task_id)}/{task_run.id}"
