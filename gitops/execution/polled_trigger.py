"""A trigger that looks at something outside again and again, and the context it is handed to do it with."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from pydantic import Field

from gitops.execution.runnable import RunContext
from gitops.language.scalars import Duration
from gitops.language.trigger import Trigger


class EvaluationContext(RunContext, Protocol):
    """The world as one evaluation of a trigger sees it. The trigger it belongs to is already rendered."""


class PolledTrigger(Trigger):
    """A trigger that is evaluated in an interval. `RAW` names the properties that `evaluate` renders itself."""

    RAW: ClassVar[frozenset[str]] = frozenset()

    interval: Duration = Field(timedelta(seconds=60), description="How long to wait between two evaluations.")

    @abstractmethod
    def evaluate(self, context: EvaluationContext) -> Mapping[str, object] | None:
        """Look once: what `trigger.*` holds in the execution to create, or None for no execution.

        Raises TaskFailed or ExpressionError when that cannot be said.
        """

    def fires_on_change(self) -> bool:
        """Whether an execution is created only when the evaluation before yielded none."""
        return False

    def first_date(self, now: datetime) -> datetime | None:
        """At once."""
        return now
