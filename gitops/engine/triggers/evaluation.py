"""The evaluation context made real: what one evaluation of a trigger sees of the world, and how it is told to stop."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta
from os import PathLike
from pathlib import Path

from gitops.engine import clock
from gitops.engine.cipher import sealed
from gitops.engine.redaction import Redactor
from gitops.engine.services.place import Place
from gitops.engine.services.services import StoredServices
from gitops.engine.stoppable import Stoppable
from gitops.engine.triggers.view import TriggerView
from gitops.errors import ExpressionError, NotFound
from gitops.language.expression.library.texts import slug
from gitops.language.scalars import Level
from gitops.language.trigger import Trigger

_log = logging.getLogger(__name__)
_LEVELS = {Level.ERROR: logging.ERROR, Level.WARN: logging.WARNING, Level.INFO: logging.INFO}


class Evaluation(Stoppable):
    """Implements EvaluationContext for one evaluation; its log is that of the service."""

    def __init__(self, view: TriggerView[Trigger]) -> None:
        super().__init__()
        self._view = view
        self._redactor = Redactor()
        self._id = clock.new_id()

    @property
    def variables(self) -> Mapping[str, object]:
        """See RunContext."""
        return self._view.variables({})

    @property
    def folder(self) -> Path:
        """Where the working directory is, or would be."""
        return self._view.surroundings.work / f"trigger-{self._id}"

    @property
    def working_directory(self) -> Path:
        """See RunContext."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def render(self, value: object, *, typed: bool = False) -> object:
        """See RunContext."""
        return self.render_with(value, {}, typed=typed)

    def render_with(self, value: object, more: Mapping[str, object], *, typed: bool = False) -> object:
        """See RunContext."""
        return self._view.render_with({}, more, self._redactor.learn, typed=typed)(value)

    def keep_file(self, path: PathLike[str]) -> str:
        """See RunContext."""
        flow, file = self._view.tree.flow, Path(path)
        place = f"{flow.namespace.replace('.', '/')}/{slug(flow.id)}/triggers/{slug(self._view.trigger.id)}/{self._id}"
        return self._view.surroundings.storage.put(f"{place}/{file.relative_to(self.folder)}", file)

    def fetch_file(self, uri: str, target: PathLike[str]) -> None:
        """See RunContext."""
        self._view.surroundings.storage.fetch(uri, Path(target))

    def fetch_cache(self, target: PathLike[str], *, younger_than: timedelta | None) -> None:  # noqa: ARG002 - there is none
        """See RunContext."""
        raise NotFound("an evaluation of a trigger has no cache")

    def keep_cache(self, archive: PathLike[str]) -> None:
        """See RunContext. Evaluations keep no cache."""

    def called_outputs(self, task_id: str) -> Iterator[Mapping[str, object]]:  # noqa: ARG002 - it calls none
        """See RunContext. An evaluation calls no executions."""
        return iter(())

    @property
    def services(self) -> StoredServices:
        """See RunContext."""
        flow, world = self._view.tree.flow, self._view.surroundings.world
        assert world is not None  # noqa: S101 - only engines in pieces have none
        return StoredServices(Place(world, flow.namespace, flow.id, self._id))

    def measure(self, kind: str, name: str, value: float, tags: Mapping[str, str]) -> None:
        """See RunContext. What evaluations measure is not kept: there is no task run that it belongs to."""

    def encrypt(self, text: str) -> object:
        """See RunContext."""
        cipher = self._view.surroundings.cipher
        if cipher is None:
            raise ExpressionError("the service has no encryption key; set `encryption_key`")
        return sealed(text, cipher)

    def log(self, level: Level, message: str) -> None:
        """See RunContext."""
        flow, trigger = self._view.tree.flow, self._view.trigger
        if level.rank >= trigger.log_level.rank:
            text = self._redactor.clean(message)
            _log.log(
                _LEVELS.get(level, logging.DEBUG), "trigger %s of %s.%s: %s", trigger.id, flow.namespace, flow.id, text
            )

    def clean(self, text: str) -> str:
        """The text without the secrets that this evaluation has read."""
        return self._redactor.clean(text)
