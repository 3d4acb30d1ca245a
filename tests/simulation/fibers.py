"""Fibers: calls that give the processor back only where they wait, so that one seed decides every interleaving."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from greenlet import greenlet

T = TypeVar("T")
Condition = Callable[[], bool]


class Crash(BaseException):
    """The process is gone: nothing may catch this but the stage."""


class Fiber:
    """A call that is under way; `problem` is what it raised, once it has ended."""

    def __init__(self, name: str, call: Callable[[], object]) -> None:
        self.name = name
        self.problem: Exception | None = None
        self._call = call
        self._may_go_on: Condition = _always
        self._light = greenlet(self._run)

    @property
    def ready(self) -> bool:
        """Whether what it waits for has come."""
        return self._may_go_on()

    @property
    def over(self) -> bool:
        """Whether the call has returned or raised."""
        return bool(self._light.dead)

    def go_on(self) -> None:
        """Run until it waits again or ends."""
        self._may_go_on = _always
        self._light.parent = greenlet.getcurrent()
        self._light.switch()

    def end(self) -> None:
        """Let it see that its process is gone; what it does about that reaches nobody."""
        if self._light and not self._light.dead:
            self._light.parent = greenlet.getcurrent()
            self._light.throw(Crash)

    def wait(self, condition: Condition) -> None:
        """From inside: give the processor back until the condition holds."""
        self._may_go_on = condition
        assert self._light.parent is not None
        self._light.parent.switch()

    def _run(self) -> None:
        _BY_LIGHT[self._light] = self
        try:
            self._call()
        except Crash:
            return
        except Exception as error:  # noqa: BLE001 - the stage judges what a fiber raises
            self.problem = error
        finally:
            del _BY_LIGHT[self._light]


_BY_LIGHT: dict[Any, Fiber] = {}


def current() -> Fiber | None:
    """The fiber that runs now; None on the stage itself."""
    return _BY_LIGHT.get(greenlet.getcurrent())


def wait_until(condition: Condition) -> None:
    """Let others run, at least once, and go on when the condition holds."""
    fiber = current()
    assert fiber is not None, "only fibers can wait"
    fiber.wait(condition)


def _always() -> bool:
    return True


class FiberFuture(Future[T]):
    """A future whose result is waited for as fibers wait; on the stage itself `pump` brings it about."""

    def __init__(self, pump: Callable[[], None]) -> None:
        super().__init__()
        self._pump = pump

    def result(self, timeout: float | None = None) -> T:
        """See Future."""
        if current() is None:
            while not self.done():
                self._pump()
        elif not self.done():
            wait_until(self.done)
        return super().result(timeout)


class FiberEvent:
    """Stands for `threading.Event`."""

    def __init__(self) -> None:
        self._is_set = False

    def set(self) -> None:
        """See threading.Event."""
        self._is_set = True

    def clear(self) -> None:
        """See threading.Event."""
        self._is_set = False

    def wait(self, timeout: float | None = None) -> bool:
        """See threading.Event; the time is never over."""
        wait_until(lambda: self._is_set)
        return True
