"""The story of one commit: fetched, begun, read, linted, refused or deployed, and told. It reads from top to bottom.

It may stop anywhere, by a crash or by an error: what is written is whole transactions, and a story that has begun is
told again from its beginning, with the same result, until it has ended.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from gitops.errors import GitFailed, StoreFailed, UnknownRevision
from gitops.git.snapshot import Snapshot, is_ancestor
from gitops.language.task import Kinds
from gitops.lint.cache import Cache, cache_path
from gitops.lint.finding import Finding, Severity
from gitops.lint.linter import Options, Report, SourceFile, lint
from gitops.lint.rule_entry import Scope
from gitops.lint.rules.table import RULES
from gitops.store.commits import CommitRecord
from gitops.store.database import Connection
from gitops.store.flows import Revision
from gitops.store.store import Store
from gitops.sync.apply import Deployment, apply
from gitops.sync.commit_book import CommitBook, Ending
from gitops.sync.configuration import Configured, read_configuration
from gitops.sync.flow_files import FlowFiles, deployed_flows, desired_flows, gone_files, read_files
from gitops.sync.objections import deletes_everything, not_suppressible, owned_elsewhere, twice
from gitops.sync.outbox import Checkpoint, Clock, Outbox, pass_by
from gitops.sync.plan import Desired, FlowKey, Plan, plan
from gitops.sync.report import describe_deployment, describe_failure, describe_lint, describe_refusal
from gitops.sync.strict_reading import StrictReading, read_strictly
from gitops.sync.watched import Watched

_log = logging.getLogger(__name__)


def _nothing() -> None:
    """Nobody wants to know of a deployment."""


class Reconciler:
    """Brings what is deployed to what a repository says. One thread at a time may reconcile one repository.

    `schema` is that of flows, `kinds` the task and trigger types; `deployed` is called after flows have changed.
    """

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        *,
        schema: Mapping[str, object],
        kinds: Kinds,
        options: Options = Options(),  # noqa: B008 - frozen
        url: str,
        now: Clock,
        deployed: Callable[[], None] = _nothing,
        checkpoint: Checkpoint = pass_by,
    ) -> None:
        self.book = CommitBook(store, outbox, public_url=url, now=now)
        self._store = store
        self._outbox = outbox
        self._schema = schema
        self._kinds = kinds
        self._options = options
        self._now = now
        self._deployed = deployed
        self._checkpoint = checkpoint
        self._one_plan = threading.Lock()

    def reconcile(self, repository: Watched, *, again: bool = False) -> CommitRecord:
        """Visit a repository and tell the story of each head that is new; `again` also of one that failed.

        Returns the newest commit of the branch that is deployed. Raises GitFailed when there is no such branch or the
        repository cannot be fetched, StoreFailed when nothing can be written down.
        """
        branches = repository.mirror.fetch()
        self._checkpoint("fetched")
        commits = self._begin(repository, branches, again=again)
        self._checkpoint("pending-enqueued")
        if commits:
            self._outbox.hand_over()
        for commit in commits:
            self._tell(repository, commit)
        return self.book.head(repository, branches)

    def _begin(self, repository: Watched, branches: Mapping[str, str], *, again: bool) -> list[CommitRecord]:
        try:
            return self.book.begin(repository, branches, again=again)
        except GitFailed:
            # What was fetched cannot be read: the mirror is damaged.
            repository.mirror.rebuild()
            return self.book.begin(repository, branches, again=again)

    def _tell(self, repository: Watched, commit: CommitRecord) -> None:
        """Tell a story to its end, even to a sad one; only what may pass by itself is raised."""
        try:
            self._judge(repository, commit)
        except StoreFailed:
            raise
        except GitFailed:
            self._tell_from_new_mirror(repository, commit)
        except Exception as error:  # noqa: BLE001 - a mistake of ours is told too, as the verdict
            _log.exception("the story of %s %s failed", repository.name, commit.sha)
            self._fail(repository, commit, error)

    def _tell_from_new_mirror(self, repository: Watched, commit: CommitRecord) -> None:
        """What was fetched cannot be read, so the mirror may be damaged; a second refusal is the commit's own."""
        repository.mirror.rebuild()
        try:
            self._judge(repository, commit)
        except UnknownRevision:
            raise
        except GitFailed as error:
            self._fail(repository, commit, error)

    def _judge(self, repository: Watched, commit: CommitRecord) -> None:
        """Lint the commit's files and decide; every way out ends the story."""
        live = self._live(repository)
        snapshot = Snapshot(repository.mirror.path, commit.sha)
        configured = read_configuration(snapshot, repository.root, self._options)
        if configured.findings:
            self._refuse(repository, commit, Report(configured.findings, 0))
            return
        files = read_files(snapshot, configured.root, live)
        report = self._lint(configured, files, live)
        self._checkpoint("linted")
        failing = report.failing(configured.options.fail_on)
        if failing:
            self._refuse(repository, commit, report, failing)
        elif commit.branch != repository.branch:
            self._foresee(repository, commit, report, desired=desired_flows(files.sources, live), live=live)
        else:
            with self._one_plan:
                self._deploy(repository, commit, report, desired=desired_flows(files.sources, live), live=live)
        self._checkpoint("applied")

    def _foresee(
        self,
        repository: Watched,
        commit: CommitRecord,
        report: Report,
        *,
        desired: Sequence[Desired],
        live: Sequence[Revision],
    ) -> None:
        """Tell what deploying the flows that another branch changes would be refused for."""
        wanted = {flow.key: flow for flow in desired}
        reading = self._read_changes(plan(list(wanted.values()), deployed_flows(live)), wanted)
        objections = [*reading.findings, *_held_twice(desired, wanted)]
        if objections:
            self._refuse(repository, commit, _with(report, objections))
        else:
            self._end(repository, commit, Ending("linted", describe_lint(report), report.findings))

    def _read_changes(self, todo: Plan, wanted: Mapping[FlowKey, Desired]) -> StrictReading:
        changed = [wanted[change.key] for change in (*todo.creates, *todo.updates)]
        return read_strictly(changed, self._kinds, self._errors_in)

    def _errors_in(self, flow: Desired) -> list[Finding]:
        """The errors of a flow by itself, whatever its repository lets be."""
        file = SourceFile(flow.path, flow.source.encode(), named=True)
        report = lint([file], schema=self._schema, options=self._options._replace(comments="unread"))
        errors = (finding for finding in report.findings if finding.severity is Severity.ERROR)
        return [not_suppressible(finding) for finding in errors if RULES[finding.rule].scope is Scope.DOCUMENT]

    def _deploy(
        self,
        repository: Watched,
        commit: CommitRecord,
        report: Report,
        *,
        desired: Sequence[Desired],
        live: Sequence[Revision],
    ) -> None:
        """Plan, read what changes as the engine will, and apply it all in the transaction that ends the story."""
        wanted = {flow.key: flow for flow in desired}
        todo = plan(list(wanted.values()), deployed_flows(live))
        reading = self._read_changes(todo, wanted)
        objections = [
            *reading.findings,
            *_held_twice(desired, wanted),
            *self._objections(repository, todo, wanted.values()),
        ]
        if objections:
            self._refuse(repository, commit, _with(report, objections))
            return
        sentence = describe_deployment(todo, report, rewritten=self._rewritten(repository, commit))
        deployment = Deployment(
            repository=repository.name,
            commit=commit.sha,
            plan=todo,
            desired=wanted,
            models=reading.models,
            at=self._now(),
        )

        def tell(connection: Connection) -> Ending:
            changes = apply(self._store, connection, deployment)
            self._note_deployed(connection, repository, commit)
            return Ending("deployed", sentence, report.findings, changes)

        self.book.end(repository, commit, tell)
        if not todo.empty:
            self._deployed()

    def _refuse(
        self, repository: Watched, commit: CommitRecord, report: Report, failing: Sequence[Finding] = ()
    ) -> None:
        sentence = describe_refusal(failing or report.findings)
        self._end(repository, commit, Ending("refused", sentence, report.findings))

    def _fail(self, repository: Watched, commit: CommitRecord, error: Exception) -> None:
        self._end(repository, commit, Ending("failed", describe_failure(str(error) or type(error).__name__)))

    def _end(self, repository: Watched, commit: CommitRecord, ending: Ending) -> None:
        self.book.end(repository, commit, lambda _: ending)

    def _live(self, repository: Watched) -> list[Revision]:
        with self._store.database.read() as connection:
            return self._store.flows.deployed(connection, repository.name)

    def _lint(self, configured: Configured, files: FlowFiles, live: Sequence[Revision]) -> Report:
        options = configured.options._replace(
            root=configured.root, complete=True, compared=True, today=self._now().date()
        )
        every = (*files.sources, *gone_files(files.sources, live))
        known = Cache(cache_path(options))
        report = lint(every, schema=self._schema, options=options, known=known)
        known.save()
        return _with(report, files.findings)

    def _objections(self, repository: Watched, todo: Plan, desired: Iterable[Desired]) -> Iterator[Finding]:
        """What stands against the plan as a whole, and against flows that are new here."""
        if todo.deletes_everything:
            yield deletes_everything(todo, repository.root)
        new = {change.key for change in todo.creates}
        with self._store.database.read() as connection:
            for flow in desired:
                owned = self._store.flows.get(connection, *flow.key) if flow.key in new else None
                if owned is not None:
                    yield owned_elsewhere(flow, owned.repository)

    def _rewritten(self, repository: Watched, commit: CommitRecord) -> bool:
        """Whether what is deployed is not in this commit's history: somebody has pushed with force."""
        with self._store.database.read() as connection:
            row = self._store.repositories.get(connection, repository.name)
        if row is None or row.deployed is None:
            return False
        try:
            return not is_ancestor(repository.mirror.path, ancestor=row.deployed, descendant=commit.sha)
        except UnknownRevision:
            return True

    def _note_deployed(self, connection: Connection, repository: Watched, commit: CommitRecord) -> None:
        row = self._store.repositories.get(connection, repository.name)
        assert row is not None  # noqa: S101 - the story's beginning wrote it
        self._store.repositories.save(connection, replace(row, deployed=commit.sha))


def _held_twice(desired: Iterable[Desired], wanted: Mapping[FlowKey, Desired]) -> Iterator[Finding]:
    """The flows that several files hold, where the linter was told to let that be."""
    return (twice(flow, wanted[flow.key]) for flow in desired if wanted[flow.key] is not flow)


def _with(report: Report, findings: Iterable[Finding]) -> Report:
    every = sorted([*report.findings, *findings], key=lambda finding: finding.order)
    return report._replace(findings=tuple(every))
