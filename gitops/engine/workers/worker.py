"""Runs attempts: claim by the fence, run, report the end as an event."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path

from gitops.engine import clock
from gitops.engine.attempts.attempt import Report, run_attempt, run_holding
from gitops.engine.attempts.context import AttemptContext, Surroundings
from gitops.engine.dispatch import Dispatcher, Handled
from gitops.engine.news import News
from gitops.engine.queues.queue import Assignment
from gitops.engine.timers import Timers
from gitops.engine.workers.attempt_log import AttemptLog
from gitops.engine.workers.held_children import HeldChildren
from gitops.engine.workers.log_book import LogBook
from gitops.errors import GitopsError
from gitops.execution.events import AttemptFailed
from gitops.execution.holding import Holding
from gitops.execution.runnable import Runnable
from gitops.execution.state import TaskRun
from gitops.language.scalars import Level, parse_duration
from gitops.language.task import Kinds


class Stopping(GitopsError):
    """The worker is being stopped."""


class Worker:
    """Runs the attempts that a queue hands to it, each in the thread that calls `run`."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        surroundings: Surroundings,
        *,
        kinds: Kinds,
        timers: Timers,
        log_book: LogBook,
        news: News,
    ) -> None:
        self._dispatcher = dispatcher
        self._surroundings = surroundings
        self._kinds = kinds
        self._timers = timers
        self._log_book = log_book
        self._news = news
        self._lock = threading.Lock()
        self._running: dict[Assignment, AttemptContext] = {}
        self._stopping = False

    def run(self, assignment: Assignment) -> None:
        """Claim the attempt; when the claim holds, run it and report its end."""
        claim = self._dispatcher.claim(assignment)
        if claim.changed:
            report = self._run(assignment, claim)
            if not self._stopping:
                self._dispatcher.send(assignment.execution_id, report, patient=True).result()

    def cancel(self, assignment: Assignment) -> None:
        """Tell the attempt to stop; its report follows."""
        with self._lock:
            context = self._running.get(assignment)
        if context is not None:
            threading.Thread(target=context.kill, name="kill", daemon=True).start()

    def stop(self) -> None:
        """Stop everything that runs without a report: the next start finds it lost and runs it again."""
        self._stopping = True
        with self._lock:
            running = list(self._running.values())
        for context in running:
            context.kill()

    def _run(self, assignment: Assignment, claim: Handled) -> Report:
        """Run a claimed attempt; when this returns, its folder is gone, and its log is written before its report."""
        task_run = claim.execution.task_runs[assignment.task_run_id]
        task = claim.flow.task(task_run.task_id)
        assert isinstance(task, Runnable)  # noqa: S101 - only runnables get attempts
        context = self._context(claim, task_run)
        with self._lock:
            self._running[assignment] = context
        if not self._dispatcher.is_wanted(assignment):
            context.kill()  # whoever stopped the attempt came before it was known here
        timer = f"timeout {assignment.task_run_id} {assignment.attempt}"
        limited = self._limit(timer, assignment, task, context)
        try:
            if isinstance(task, Holding):
                children = HeldChildren(self._dispatcher, claim, context, news=self._news, run=self._run_held)
                return run_holding(task, context, children, task_run=task_run, kinds=self._kinds)
            return run_attempt(task, context, task_run=task_run, kinds=self._kinds)
        finally:
            with self._lock:
                del self._running[assignment]
            if limited:
                self._timers.cancel(timer)
            if context.owns_folder:
                _remove(context.folder)
            self._log_book.flush(context.measured)

    def _run_held(self, claim: Handled, task_run: TaskRun) -> Report:
        """Run an attempt of a child here; while the worker stops nothing is reported, so that all begins anew."""
        if self._stopping:
            raise Stopping
        report = self._run(Assignment(claim.execution.id, task_run.id, len(task_run.attempts)), claim)
        if self._stopping:
            raise Stopping
        return report

    def _context(self, claim: Handled, task_run: TaskRun) -> AttemptContext:
        return AttemptContext(
            self._surroundings,
            claim.flow,
            claim.execution,
            task_run=task_run,
            log=AttemptLog(self._log_book, task_run).write,
        )

    def _limit(self, name: str, assignment: Assignment, task: Runnable, context: AttemptContext) -> bool:
        """Set the attempt's time limit, if it has one; one that cannot be read fails when the task is rendered."""
        limit = _time_limit(task, context)
        if limit is not None:
            self._timers.at(name, clock.now() + limit, lambda: self._time_out(assignment, limit, context))
        return limit is not None

    def _time_out(self, assignment: Assignment, limit: timedelta, context: AttemptContext) -> None:
        message = f"Timeout after {_clock_text(limit)}"
        context.log(Level.ERROR, message)
        began = context.task_run.attempts[-1].started_at
        failed = AttemptFailed(assignment.task_run_id, assignment.attempt, message, began=began)
        self._dispatcher.send(assignment.execution_id, failed, patient=True)
        context.kill()


def _remove(folder: Path) -> None:
    """Remove a folder that may not be there; most are empty."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        pass
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)


def _time_limit(task: Runnable, context: AttemptContext) -> timedelta | None:
    try:
        value = context.render(task.timeout)
        return parse_duration(value) if isinstance(value, str) else task.timeout
    except (GitopsError, ValueError):
        return None


def _clock_text(length: timedelta) -> str:
    """A duration as HH:MM:SS.mmm."""
    minutes, seconds = divmod(length.total_seconds(), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02.0f}:{minutes:02.0f}:{seconds:06.3f}"
