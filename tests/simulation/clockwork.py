"""Time and chance of a simulated process: a clock that jumps, dice with a seed, timers that fire when told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from unittest.mock import patch

from gitops.engine.timers import Call, Timers
from gitops.execution.identity import make_id

_TICK = timedelta(microseconds=1)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """The only clock of a simulated world; it may go backwards."""

    def __init__(self, dice: Random) -> None:
        self.now = BEGIN
        self._dice = dice

    def pass_by(self, length: timedelta) -> None:
        """Let time pass, or jump back."""
        self.now += length

    def _read(self) -> datetime:
        self.now += _TICK
        return self.now

    @contextmanager
    def rules(self) -> Iterator[None]:
        """Let the engine read this clock, these dice and these ids."""
        fresh: Callable[[], str] = lambda: make_id(self._dice.getrandbits(128))  # noqa: E731 - three of a kind
        with (
            patch("gitops.engine.clock.now", self._read),
            patch("gitops.engine.clock.chance", self._dice.random),
            patch("gitops.engine.clock.new_id", fresh),
        ):
            yield


class HandTimers(Timers):
    """Timers that fire when the stage says so."""

    def __init__(self) -> None:
        self.set: dict[str, tuple[datetime, Call]] = {}

    def start(self) -> None:
        """See Timers."""

    def stop(self) -> None:
        """See Timers."""
        self.set.clear()

    def at(self, name: str, date: datetime, call: Call) -> None:
        """See Timers."""
        self.set[name] = (date, call)

    def every(self, name: str, seconds: float, call: Call) -> None:
        """See Timers."""
        raise NotImplementedError("nothing of the engine repeats")

    def cancel(self, name: str) -> None:
        """See Timers."""
        self.set.pop(name, None)

    def due(self, now: datetime) -> list[str]:
        """The names of those whose date has come, in the order in which they were set."""
        return [name for name, (date, _) in self.set.items() if date <= now]

    def next(self) -> datetime | None:
        """The earliest date."""
        return min((date for date, _ in self.set.values()), default=None)

    def take(self, name: str) -> Call:
        """The call of a timer, which is set no longer."""
        return self.set.pop(name)[1]
