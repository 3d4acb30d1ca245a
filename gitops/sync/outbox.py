"""The outbox of commit statuses: what the store holds is posted through the providers, in order and until it is there.

For one commit and context only the newest status is posted. While nothing waits, nothing runs.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from gitops.errors import ProviderRefused, ProviderUnavailable
from gitops.providers.provider import CommitStatus, Provider, StatusState
from gitops.store.database import Connection
from gitops.store.statuses import StatusRecord
from gitops.store.store import Store
from gitops.sync.report import fit
from gitops.sync.watched import Watched

Clock = Callable[[], datetime]
Checkpoint = Callable[[str], None]

LONGEST_WAIT = 600.0
_RETRY_SECONDS = 10.0
_HAND_OVER_SECONDS = 0.5

_log = logging.getLogger(__name__)


def pass_by(_step: str) -> None:
    """The checkpoint outside of tests: go on."""


def backoff(attempts: int) -> float:
    """How many seconds to wait after that many failures: 1 s to 10 min, spread so that not all come back at once."""
    longest = min(2.0 ** min(attempts, 16), LONGEST_WAIT)
    return max(1.0, random.uniform(longest / 2, longest))  # noqa: S311 - spreads retries, guards nothing


class Outbox:
    """Takes commit statuses inside transactions and posts them on a thread of its own."""

    def __init__(
        self, store: Store, repositories: Iterable[Watched], *, now: Clock, checkpoint: Checkpoint = pass_by
    ) -> None:
        self._store = store
        self._providers: Mapping[str, Provider] = {one.name: one.provider for one in repositories}
        self._now = now
        self._checkpoint = checkpoint
        self._opened_at = now()
        self._woken = threading.Event()
        self._looks = _Looks()
        self._stopping = False
        self._thread = threading.Thread(target=self._serve, name="outbox", daemon=True)

    def start(self) -> None:
        """Post what waits, and then whatever comes."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the post that runs; what waits is posted after the next start."""
        self._stopping = True
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join()

    def put(self, connection: Connection, repository: str, sha: str, status: CommitStatus) -> None:
        """From inside a work of the journal: have the status posted once the work is committed."""
        self._store.statuses.enqueue(
            connection,
            repository,
            sha,
            context=status.context,
            state=status.state,
            description=status.description,
            target_url=status.target_url,
            at=self._now(),
        )
        self._store.journal.after_commit(self._wake)

    def hand_over(self) -> None:
        """Wait a moment until what was put is in the hands of the outbox's thread, so that nothing overtakes it."""
        if self._thread.is_alive():
            self._looks.await_asked(_HAND_OVER_SECONDS)

    def post_due(self) -> None:
        """Post every status whose time has come; a host that does not answer is left alone until later."""
        away: dict[str, ProviderUnavailable] = {}
        for record in self._due():
            if self._stopping:
                return
            if record.repository in away:
                self._defer(record, away[record.repository])
                continue
            try:
                self._post(record)
            except ProviderUnavailable as error:
                away[record.repository] = error
                self._defer(record, error)
            except ProviderRefused as error:
                self._give_up(record, str(error))

    def _wake(self) -> None:
        self._looks.ask()
        self._woken.set()

    def _serve(self) -> None:
        while not self._stopping:
            self._woken.clear()
            self._woken.wait(self._round())

    def _round(self) -> float | None:
        """Post what is due; returns the seconds until something else is, None when nothing waits."""
        try:
            self.post_due()
            with self._store.database.read() as connection:
                date = self._store.statuses.next_date(connection)
        except Exception:  # noqa: BLE001 - statuses must go on, whatever one of them brought about
            _log.exception("the outbox could not do its work; it tries again in %s s", _RETRY_SECONDS)
            return _RETRY_SECONDS
        return None if date is None else max(0.0, (date - self._now()).total_seconds())

    def _due(self) -> list[StatusRecord]:
        with self._looks, self._store.database.read() as connection:
            return self._store.statuses.due(connection, self._now())

    def _post(self, record: StatusRecord) -> None:
        provider = self._providers.get(record.repository)
        if provider is None:
            self._give_up(record, f"the repository `{record.repository}` is not watched any more")
            return
        status = fit(_status(record), provider.description_limit)
        self._checkpoint("status-claimed")
        if not (self._may_be_there(record) and provider.last_status(record.sha, record.context) == status):
            provider.post_status(record.sha, status)
        self._checkpoint("status-posted")
        self._store.journal.write(lambda it: self._store.statuses.mark_posted(it, record.id, self._now()))

    def _may_be_there(self, record: StatusRecord) -> bool:
        """Whether somebody may have posted it without knowing: an earlier process, or an attempt without an answer."""
        return record.attempts > 0 or record.created_at <= self._opened_at

    def _defer(self, record: StatusRecord, error: ProviderUnavailable) -> None:
        wait = max(backoff(record.attempts), error.retry_after or 0.0)
        date = self._now() + timedelta(seconds=wait)
        self._store.journal.write(
            lambda it: self._store.statuses.mark_failed(it, record.id, str(error), not_before=date)
        )

    def _give_up(self, record: StatusRecord, reason: str) -> None:
        _log.warning("status %s of %s %s: %s", record.context, record.repository, record.sha, reason)
        self._store.journal.write(lambda it: self._store.statuses.give_up(it, record.id, reason))


class _Looks:
    """Counts the looks into the store, so that others can wait for one that began after they had asked."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._begun = 0
        self._ended = 0
        self._asked = 0

    def __enter__(self) -> None:
        with self._changed:
            self._begun += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._ended += 1
            self._changed.notify_all()

    def ask(self) -> None:
        with self._changed:
            self._asked = self._begun + 1

    def await_asked(self, timeout: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._ended >= self._asked, timeout)


def _status(record: StatusRecord) -> CommitStatus:
    return CommitStatus(record.context, StatusState(record.state), record.description, record.target_url)
