"""Timers of this process. The only door to APScheduler.

Timers are lost with the process on purpose: what must survive is a row of the store, and is set again at the start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler

_THREADS = 4
Call = Callable[[], None]


class Timers:
    """Named calls at a date or in an interval; setting a name again replaces its timer."""

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(_THREADS)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to fire."""
        self._scheduler.start()

    def stop(self) -> None:
        """Fire nothing more and wait for the calls that run."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

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
