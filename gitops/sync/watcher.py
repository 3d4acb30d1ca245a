"""When a repository is visited: at the start, by interval, when it is woken, and again after a failure.

Each repository has one thread, so its visits never overlap; wakes that come during a visit become one visit after it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from functools import partial

from gitops.errors import Conflict, GitopsError, NotFound
from gitops.store.commits import CommitRecord
from gitops.sync.outbox import backoff
from gitops.sync.reconcile import Reconciler
from gitops.sync.report import describe_failure
from gitops.sync.watched import Watched

Every = Callable[[str, float, Callable[[], None]], None]
"""Calls something again and again: under a name, at an interval in seconds."""

_PATIENCE_SECONDS = 10.0

_log = logging.getLogger(__name__)


class Watcher:
    """Visits the repositories. `every` is asked to poll each of them."""

    def __init__(self, repositories: Iterable[Watched], reconciler: Reconciler, *, every: Every) -> None:
        self._visitors = {one.name: _Visitor(one, reconciler) for one in repositories}
        self._every = every

    def start(self) -> None:
        """Visit every repository now, and then by its interval."""
        for name, visitor in self._visitors.items():
            visitor.start()
            visitor.ask()
            self._every(f"visit {name}", visitor.repository.interval, partial(self.wake, name))

    def stop(self) -> None:
        """Begin no visit any more, and wait a little for those that run."""
        for visitor in self._visitors.values():
            visitor.stop()
        for visitor in self._visitors.values():
            visitor.join(_PATIENCE_SECONDS)

    def wake(self, name: str) -> None:
        """Have a repository visited soon; raises NotFound."""
        self._visitor(name).ask()

    def sync(self, name: str) -> CommitRecord:
        """Have a repository visited by a visit that begins now or later, and wait for its end.

        Returns the newest commit of the branch that is deployed. A commit whose story failed is told again. Raises
        NotFound, Conflict when the service stops, and whatever ended the visit, mostly GitFailed.
        """
        visitor = self._visitor(name)
        return visitor.wait_for(visitor.ask(again=True))

    def _visitor(self, name: str) -> _Visitor:
        if name not in self._visitors:
            raise NotFound(f"there is no repository `{name}` in the settings")
        return self._visitors[name]


class _Visitor:
    """The thread that visits one repository. Requests are counted; a visit answers all that came before it began."""

    def __init__(self, repository: Watched, reconciler: Reconciler) -> None:
        self.repository = repository
        self._reconciler = reconciler
        self._changed = threading.Condition()
        self._asked = 0
        self._answered = 0
        self._again = False
        self._stopping = False
        self._failures = 0
        self._result: CommitRecord | Exception | None = None
        self._thread = threading.Thread(target=self._serve, name=f"visit {repository.name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def join(self, timeout: float) -> None:
        if self._thread.is_alive():
            self._thread.join(timeout)

    def ask(self, *, again: bool = False) -> int:
        """Ask for a visit; returns the number of the request."""
        with self._changed:
            self._asked += 1
            self._again = self._again or again
            self._changed.notify_all()
            return self._asked

    def wait_for(self, request: int) -> CommitRecord:
        with self._changed:
            self._changed.wait_for(lambda: self._answered >= request or self._stopping or not self._thread.is_alive())
            if self._answered < request:
                raise Conflict(f"the service does not run; repository `{self.repository.name}` was not visited")
            if isinstance(self._result, CommitRecord):
                return self._result
        assert self._result is not None  # noqa: S101 - a visit has ended, with a commit or with an error
        raise self._result

    def _serve(self) -> None:
        while (visit := self._next_visit()) is not None:
            request, again = visit
            result = self._visit(again=again)
            with self._changed:
                self._result = result
                self._answered = request
                self._failures = self._failures + 1 if isinstance(result, Exception) else 0
                self._changed.notify_all()

    def _next_visit(self) -> tuple[int, bool] | None:
        """Wait for a request, or after a failure for the time to try again; None when the service stops."""
        with self._changed:
            patience = backoff(self._failures - 1) if self._failures else None
            self._changed.wait_for(lambda: self._asked > self._answered or self._stopping, patience)
            again, self._again = self._again, False
            return None if self._stopping else (self._asked, again)

    def _visit(self, *, again: bool) -> CommitRecord | Exception:
        try:
            return self._reconciler.reconcile(self.repository, again=again)
        except GitopsError as error:
            _log.warning("repository %s: %s", self.repository.name, error)
            self._note(str(error))
            return error
        except Exception as error:  # noqa: BLE001 - the repository must be visited again, whatever it brought about
            _log.exception("repository %s could not be visited", self.repository.name)
            self._note(describe_failure(str(error) or type(error).__name__))
            return error

    def _note(self, reason: str) -> None:
        try:
            self._reconciler.book.note_error(self.repository, reason)
        except GitopsError:
            _log.exception("repository %s: its error cannot be stored", self.repository.name)
