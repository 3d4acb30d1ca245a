"""Timers of this process. The only door to APScheduler.

Timers are lost with the process on purpose: what must survive is a row of the store, and is set again at the start.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

_THREADS = 4
Call = Callable[[], None]


class _Pool(BasePoolExecutor):  # type: ignore[misc]  # APScheduler ships no types
    """APScheduler's executor over threads that somebody else waits for."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        super().__init__(threads)


class Timers:
    """Named calls at a date or in an interval; setting a name again replaces its timer."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="timer")
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": _Pool(self._threads)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to fire."""
        self._scheduler.start()

    def stop(self) -> None:
        """Fire nothing more and wait for the calls that run."""
        running = self._scheduler.running
        if running:
            self._scheduler.pause()
            # Asking for the jobs waits for the round that is being worked on; a paused scheduler begins no other.
            self._scheduler.get_jobs()
        # Not by APScheduler itself: it would wait with its lock held, and a call may set another timer.
        self._threads.shutdown(wait=True)
        if running:
            self._scheduler.shutdown(wait=False)

    def at(self, name: str, date: datetime, call: Call) -> None:
        """Call once at `date`; at once when that is past."""
        self._scheduler.add_job(call, "date", run_date=date, id=name, replace_existing=True)

    def every(self, name: str, seconds: float, call: Call) -> None:
        """Call in an interval, never twice at the same time."""
        self._scheduler.add_job(call, "interval", seconds=seconds, id=name, replace_existing=True)

    def cancel(self, name: str) -> None:
        """Forget the timer; nothing happens when there is none."""
        try:
            self._scheduler.remove_job(name)
        except JobLookupError:
            return
