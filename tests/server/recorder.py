"""Stands in for the engine's operations: notes what the API asks of them, and answers or refuses as a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gitops.app import App
from gitops.errors import GitopsError
from gitops.execution.state import Execution


@dataclass
class Recorder:
    """Every method notes its name and arguments; `refuse` is raised instead of an answer, for these executions."""

    app: App
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = field(default_factory=list)
    refuse: dict[str, GitopsError] = field(default_factory=dict)
    value: object = None

    def __getattr__(self, name: str) -> Callable[..., object]:
        def act(execution_id: str, *more: Any, **named: Any) -> object:
            self.calls.append((name, (execution_id, *more), named))
            if execution_id in self.refuse:
                raise self.refuse[execution_id]
            return self.value if name == "evaluate" else self._load(execution_id)

        return act

    def _load(self, execution_id: str) -> Execution:
        return self.app.engine.wait(execution_id, 0)
