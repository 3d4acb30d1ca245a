"""A run context that records what a task does with it; rendering is the caller's, storage is a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from os import PathLike
from pathlib import Path
from unittest.mock import MagicMock

from gitops.errors import NotFound
from gitops.execution.services.services import Services
from gitops.language.expression.template import render
from gitops.language.scalars import Level


@dataclass
class RecordingContext:
    """Keeps logs and kept files; `kill` does what the engine does to a running attempt.

    `kept` holds the files that the task kept by their path, `stored` all files of internal storage by their address,
    `measured` what was measured as (kind, name, value, tags). `services` records what it is asked.
    """

    folder: Path
    logs: list[tuple[Level, str]] = field(default_factory=list)
    kept: dict[str, bytes] = field(default_factory=dict)
    stored: dict[str, bytes] = field(default_factory=dict)
    variables: Mapping[str, object] = field(default_factory=dict)
    killed: bool = False
    stops: list[Callable[[], None]] = field(default_factory=list)
    heard: Callable[[str], None] = print
    measured: list[tuple[str, str, float, Mapping[str, str]]] = field(default_factory=list)
    services: Services = field(default_factory=MagicMock)
    called: Mapping[str, list[Mapping[str, object]]] = field(default_factory=dict)

    @property
    def working_directory(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def render(self, value: object, *, typed: bool = False) -> object:
        return value

    def render_with(self, value: object, more: Mapping[str, object], *, typed: bool = False) -> object:
        return render(value, more, typed=typed)

    def keep_file(self, path: PathLike[str]) -> str:
        name = str(Path(path).relative_to(self.folder))
        uri = f"kestra:///{name}"
        self.kept[name] = self.stored[uri] = Path(path).read_bytes()
        return uri

    def fetch_file(self, uri: str, target: PathLike[str]) -> None:
        if uri not in self.stored:
            raise NotFound(f"internal storage has no file {uri}")
        Path(target).write_bytes(self.stored[uri])

    def measure(self, kind: str, name: str, value: float, tags: Mapping[str, str]) -> None:
        self.measured.append((kind, name, value, tags))

    def encrypt(self, text: str) -> object:
        return {"encrypted": text}

    def fetch_cache(self, target: PathLike[str], *, younger_than: timedelta | None) -> None:
        raise NotFound("nothing is kept for this task")

    def keep_cache(self, archive: PathLike[str]) -> None:
        self.kept["cache"] = Path(archive).read_bytes()

    def called_outputs(self, task_id: str) -> Iterator[Mapping[str, object]]:
        return iter(self.called.get(task_id, []))

    def log(self, level: Level, message: str) -> None:
        self.logs.append((level, message))
        self.heard(message)

    def on_kill(self, stop: Callable[[], None]) -> None:
        self.stops.append(stop)
        if self.killed:
            stop()

    def kill(self) -> None:
        self.killed = True
        for stop in self.stops:
            stop()
