"""The files that expressions of an execution may read: its own, those of the one it came from, its namespace's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from urllib.parse import unquote

from gitops.errors import ExpressionError, NotFound, StorageFailed
from gitops.execution.state import Execution
from gitops.language.expression.library.texts import slug
from gitops.language.expression.scope import LIMITS
from gitops.storage.storage import SCHEME, Storage


@dataclass(frozen=True, slots=True)
class Origin:
    """An execution by the names that the addresses of its files have."""

    namespace: str
    flow_id: str
    execution_id: str


class ExecutionFiles:
    """Reads the files of a namespace and of some executions; everything else is refused with ExpressionError."""

    def __init__(self, storage: Storage, namespace: str, origins: tuple[Origin, ...]) -> None:
        self._storage = storage
        self._namespace = namespace
        self._open = tuple(start for origin in origins for start in _starts(origin))

    @classmethod
    def of(cls, storage: Storage, execution: Execution) -> Self:
        """The files that an execution may read."""
        own = Origin(execution.namespace, execution.flow_id, execution.id)
        cause = execution.trigger and origin_of(execution.trigger.variables)
        return cls(storage, execution.namespace, (own, cause) if cause else (own,))

    def address(self, path: object, namespace: object = None) -> str:
        """The address of a namespace file, or the one given; raises ExpressionError for one that is not open."""
        text = _clean(path)
        if text.startswith(SCHEME):
            if not self._is_open(text.removeprefix(SCHEME)):
                raise ExpressionError(f"Unable to read the file '{text}' as it didn't belong to the current execution")
            return text
        if namespace is not None and namespace != self._namespace:
            raise ExpressionError(f"Unable to read files of the namespace '{namespace}' from '{self._namespace}'")
        return f"{SCHEME}{_files_of(self._namespace)}{text.lstrip('/')}"

    def read(self, address: str) -> bytes:
        """The bytes of a file; raises ExpressionError when it is not there, or longer than a text may be."""
        if self.size(address) > LIMITS.characters:
            raise ExpressionError(f"The file '{address}' is longer than {LIMITS.characters:,} bytes")
        with TemporaryDirectory() as folder:
            return self._fetch(address, Path(folder)).read_bytes()

    def size(self, address: str) -> int:
        """How many bytes a file has; raises ExpressionError when it is not there."""
        try:
            return self._storage.size(address)
        except (NotFound, StorageFailed) as error:
            raise ExpressionError(f"Unable to read the file '{address}': {error}") from error

    def exists(self, address: str) -> bool:
        """Whether there is such a file."""
        try:
            self._storage.size(address)
        except NotFound:
            return False
        except StorageFailed as error:
            raise ExpressionError(f"Unable to read the file '{address}': {error}") from error
        return True

    def _fetch(self, address: str, folder: Path) -> Path:
        file = folder / "file"
        try:
            self._storage.fetch(address, file)
        except (NotFound, StorageFailed) as error:
            raise ExpressionError(f"Unable to read the file '{address}': {error}") from error
        return file

    def _is_open(self, path: str) -> bool:
        return path.startswith((*self._open, _files_of(self._namespace)))


def origin_of(trigger: Mapping[str, object]) -> Origin | None:
    """The execution that a trigger's variables name, if they name one."""
    names = (trigger.get("namespace"), trigger.get("flowId"), trigger.get("executionId"))
    return Origin(*names) if all(isinstance(name, str) and name for name in names) else None  # type: ignore[arg-type]  # all are texts


def _starts(origin: Origin) -> tuple[str, ...]:
    """How the addresses of an execution's files begin: the flow stands there as it is, or as a slug."""
    folder, flows = origin.namespace.replace(".", "/"), {origin.flow_id, slug(origin.flow_id)}
    return tuple(f"{folder}/{flow}/executions/{origin.execution_id}/" for flow in flows)


def _files_of(namespace: str) -> str:
    return f"{namespace.replace('.', '/')}/_files/"


def _clean(path: object) -> str:
    """The path as text; raises ExpressionError for one that would lead out of its folder."""
    if not isinstance(path, str) or not path:
        raise ExpressionError("Expected the path of a namespace file, or an address that starts with kestra:///")
    for text in (path, unquote(path)):
        parts = text.removeprefix(SCHEME).replace("\\", "/").split("/")
        if ".." in parts or "\0" in text:
            raise ExpressionError(f"Path must not contain '../', found '{path}'")
    return path
