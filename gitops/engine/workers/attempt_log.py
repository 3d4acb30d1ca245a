"""The log of one attempt on its way to the log book: only so much of it is kept."""

from __future__ import annotations

import threading

from gitops.engine.turn import log_entries
from gitops.engine.workers.log_book import LogBook
from gitops.execution.state import TaskRun
from gitops.language.scalars import Level

LONGEST = 200_000_000
"""How many characters of the log of one attempt are kept: a careless task must not fill the disk."""

_EACH = 100
_CUT = f"the log of this attempt is longer than {LONGEST // 1_000_000} MB; what follows is not kept"


class AttemptLog:
    """Accepts lines from any thread until there are too many, and says so once."""

    def __init__(self, book: LogBook, task_run: TaskRun) -> None:
        self._book = book
        self._task_run = task_run
        self._lock = threading.Lock()
        self._room = LONGEST

    def write(self, level: Level, message: str) -> None:
        """Keep a line, or forget it; each takes some room beside its text."""
        with self._lock:
            if self._room <= 0:
                return
            self._room -= len(message) + _EACH
            cut = self._room <= 0
        run = self._task_run
        self._book.write(log_entries(run.execution_id, run, level, message))
        if cut:
            self._book.write(log_entries(run.execution_id, run, Level.WARN, _CUT))
