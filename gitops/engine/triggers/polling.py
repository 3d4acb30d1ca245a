"""Triggers that look at something outside: each evaluation in one of a few threads, one at a time of one trigger."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from gitops.engine import clock
from gitops.engine.triggers.evaluation import Evaluation
from gitops.engine.triggers.firing import Firing, Occasion
from gitops.engine.triggers.view import TriggerView
from gitops.errors import GitopsError, StoreUnavailable
from gitops.execution.polled_trigger import PolledTrigger
from gitops.language.rendered import read_rendered
from gitops.language.trigger import Trigger
from gitops.store.triggers import TriggerKey, TriggerState

_SHORTEST = timedelta(seconds=0.1)
_AS_WRITTEN = frozenset(Trigger.model_fields)
_log = logging.getLogger(__name__)
Told = Callable[[TriggerKey], None]


class Polling:
    """Evaluates triggers and fires those that found something.

    `ended` is told each trigger that was evaluated; `refused` each whose result the store did not take.
    """

    def __init__(self, firing: Firing, ended: Told, refused: Told, *, threads: int) -> None:
        self._firing = firing
        self._ended = ended
        self._refused = refused
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="evaluation")
        self._guard = threading.Lock()
        self._running: dict[TriggerKey, Evaluation] = {}
        self._stopping = False

    def attend(self, state: TriggerState, view: TriggerView[Trigger]) -> None:
        """Evaluate the trigger soon, unless that is happening already."""
        evaluation = Evaluation(view)
        with self._guard:
            if state.key in self._running or self._stopping:
                return
            self._running[state.key] = evaluation
            self._threads.submit(self._run, state, view, evaluation)

    def stop(self) -> None:
        """End what runs, without a result: it is evaluated again at the next start."""
        with self._guard:
            self._stopping = True
            running = list(self._running.values())
        for evaluation in running:
            evaluation.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _run(self, state: TriggerState, view: TriggerView[Trigger], evaluation: Evaluation) -> None:
        ended = self._ended
        try:
            self._evaluate(state, view, evaluation)
        except StoreUnavailable as error:
            _log.warning("the trigger %s waits: %s", state.key, error)
            ended = self._refused
        finally:
            with self._guard:
                self._running.pop(state.key, None)
            shutil.rmtree(evaluation.folder, ignore_errors=True)
            ended(state.key)

    def _evaluate(self, state: TriggerState, view: TriggerView[Trigger], evaluation: Evaluation) -> None:
        found: Mapping[str, object] | None = None
        problem: str | None = None
        fires = False
        try:
            trigger = read_rendered(view.trigger, evaluation.render, raw=_AS_WRITTEN | _polled(view.trigger).RAW)
            found = _polled(trigger).evaluate(evaluation)
            known = _polled(trigger).fires_on_change() and state.matched
            fires = found is not None and not known and view.admits(found)
        except GitopsError as error:
            problem = evaluation.clean(str(error))
        except Exception as error:  # noqa: BLE001 - a bug in a trigger type must not end its evaluations
            problem = evaluation.clean(f"{type(error).__name__}: {error}")
        if not self._stopping:
            self._conclude(state, view, found, problem=problem, fires=fires)

    def _conclude(
        self,
        state: TriggerState,
        view: TriggerView[Trigger],
        found: Mapping[str, object] | None,
        *,
        problem: str | None,
        fires: bool,
    ) -> None:
        trigger, now = _polled(view.trigger), clock.now()
        after = replace(state, next_at=now + max(trigger.interval, _SHORTEST), matched=found is not None)
        fired = replace(after, last_at=now)
        occasion = Occasion(view=view, before=state, after=fired, told=found or {}, alone=not trigger.allow_concurrent)
        if problem is not None:
            self._firing.refuse(replace(occasion, after=replace(after, matched=state.matched)), problem)
        elif fires:
            self._firing.fire(occasion)
        else:
            self._firing.go_on(state, after)


def _polled(trigger: Trigger) -> PolledTrigger:
    assert isinstance(trigger, PolledTrigger)  # noqa: S101 - the scheduler hands over no others
    return trigger
