"""The tables. Their constraints repeat what the core believes, so that a bug is refused and never stored.

`migrations` makes these tables; a test proves that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)
from sqlalchemy.types import TypeEngine

from gitops.execution.effects import Purpose
from gitops.execution.state import ENDED, Branch, State
from gitops.language.scalars import Level
from gitops.store.columns import Document, FreeText, Instant, identifier

VERDICTS = ("pending", "deployed", "refused", "linted", "superseded", "failed")
"""How the story of a commit may end; `pending` is the only one that another may follow."""

METRIC_KINDS = ("counter", "timer", "gauge")
"""What a metric measures: how often, how long (seconds), how much."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _one_of(column: str, words: Iterable[str]) -> str:
    # Not `IN`: for that SQLite builds a temporary tree at each row, which takes longer than the insert itself.
    return "(" + " OR ".join(f"{column} = '{word}'" for word in words) + ")"


def _state() -> CheckConstraint:
    """A state of the fourteen, and an end date when, and only when, it is an end."""
    live = _one_of("state", (state for state in State if state not in ENDED))
    ended = _one_of("state", (state for state in State if state in ENDED))
    return CheckConstraint(f"(ended_at IS NULL AND {live}) OR (ended_at IS NOT NULL AND {ended})", name="state")


def _rising_id() -> Column[int]:
    # Only a plain INTEGER primary key counts up by itself on SQLite.
    whole: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")
    return Column("id", whole, primary_key=True, autoincrement=True)


revisions = Table(
    "revisions",
    metadata,
    Column("namespace", identifier(), primary_key=True),
    Column("flow_id", identifier(), primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("digest", identifier(), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("repository", identifier()),
    Column("path", FreeText),
    Column("commit_sha", identifier()),
    Column("blob", identifier()),
    Column("description", FreeText),
    Column("labels", Document, nullable=False),
    Column("triggers", Document, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("deleted_at", Instant),
    Column("deleted_by", identifier()),
    CheckConstraint("revision >= 1", name="revision"),
    CheckConstraint("length(digest) = 64", name="digest"),
    CheckConstraint("deleted_at IS NOT NULL OR deleted_by IS NULL", name="deleted"),
)
CURRENT = revisions.c.current == true()
"""Picks the last revision of each flow. SQLite uses a partial index only for a query that repeats its condition."""

Index(
    "uq_revisions_current",
    revisions.c.namespace,
    revisions.c.flow_id,
    unique=True,
    sqlite_where=CURRENT,
    postgresql_where=CURRENT,
)
Index("ix_revisions_repository", revisions.c.repository, sqlite_where=CURRENT, postgresql_where=CURRENT)

flow_labels = Table(
    "flow_labels",
    metadata,
    Column("namespace", identifier(), primary_key=True),
    Column("flow_id", identifier(), primary_key=True),
    Column("key", FreeText, primary_key=True),
    Column("value", FreeText, primary_key=True),
    Index("ix_flow_labels_label", "key", "value"),
)

executions = Table(
    "executions",
    metadata,
    Column("id", identifier(), primary_key=True),
    Column("namespace", identifier(), nullable=False),
    Column("flow_id", identifier(), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", identifier(), nullable=False),
    Column("ended_at", Instant),
    Column("done", Boolean, nullable=False),
    Column("moments", Document, nullable=False),
    Column("inputs", Document, nullable=False),
    Column("outputs", Document),
    Column("labels", Document, nullable=False),
    Column("variables", Document),
    Column("trigger_id", identifier()),
    Column("trigger_type", identifier()),
    Column("trigger_variables", Document),
    Column("repository", identifier()),
    Column("commit_sha", identifier()),
    Column("message", FreeText),
    Column("progress", Document, nullable=False),
    Column("parent_id", identifier()),
    Column("original_id", identifier()),
    Column("original_created_at", Instant),
    Column("attempt_number", Integer, nullable=False, server_default="1"),
    Column("schedule_date", Instant),
    Column("caller_id", identifier()),
    Column("caller_task_run_id", identifier()),
    Column("caller_attempt", Integer),
    Column("caller_index", Integer),
    ForeignKeyConstraint(
        ["namespace", "flow_id", "revision"], ["revisions.namespace", "revisions.flow_id", "revisions.revision"]
    ),
    _state(),
    CheckConstraint("NOT done OR ended_at IS NOT NULL", name="done"),
    CheckConstraint("(trigger_id IS NULL) = (trigger_type IS NULL)", name="trigger"),
    CheckConstraint("(repository IS NULL) = (commit_sha IS NULL)", name="commit"),
    Index("ix_executions_created", "created_at", "id"),
    Index("ix_executions_flow", "namespace", "flow_id", "created_at"),
    Index("ix_executions_state", "state", "created_at"),
)
UNFINISHED = executions.c.done == false()
"""Picks the executions that are not done."""

_from_commit = executions.c.commit_sha.is_not(None)
Index("ix_executions_unfinished", executions.c.created_at, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED)
_called = executions.c.caller_id.is_not(None)
Index(
    "ix_executions_caller",
    executions.c.caller_id,
    executions.c.caller_task_run_id,
    executions.c.caller_index,
    sqlite_where=_called,
    postgresql_where=_called,
)
Index("ix_executions_commit", executions.c.commit_sha, sqlite_where=_from_commit, postgresql_where=_from_commit)


def _of_execution(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "execution_id",
        identifier(),
        ForeignKey(executions.c.id, ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
    )


execution_labels = Table(
    "execution_labels",
    metadata,
    _of_execution(primary_key=True),
    Column("key", FreeText, primary_key=True),
    Column("value", FreeText, primary_key=True),
    Index("ix_execution_labels_label", "key", "value"),
)

task_runs = Table(
    "task_runs",
    metadata,
    Column("id", identifier(), primary_key=True),
    _of_execution(),
    Column("task_id", identifier(), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("branch", identifier(), nullable=False),
    Column("parent_id", identifier()),
    Column("value", FreeText),
    Column("iteration", Integer),
    Column("state", identifier(), nullable=False),
    Column("ended_at", Instant),
    Column("moments", Document, nullable=False),
    Column("outputs", Document),
    Column("message", FreeText),
    Column("progress", Document),
    Column("decision", Document),
    UniqueConstraint("execution_id", "sequence"),
    _state(),
    CheckConstraint(_one_of("branch", Branch), name="branch"),
    CheckConstraint("sequence >= 0", name="sequence"),
    CheckConstraint("iteration >= 0", name="iteration"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("task_run_id", identifier(), ForeignKey(task_runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", identifier(), nullable=False),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("message", FreeText),
    Column("lost", Boolean, nullable=False),
    _state(),
    CheckConstraint("number >= 1", name="number"),
)

timers = Table(
    "timers",
    metadata,
    _of_execution(primary_key=True),
    Column("purpose", identifier(), primary_key=True),
    Column("subject", identifier(), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    CheckConstraint(_one_of("purpose", Purpose), name="purpose"),
    CheckConstraint("number >= 0", name="number"),
    Index("ix_timers_at", "at"),
)

history = Table(
    "history",
    metadata,
    _rising_id(),
    _of_execution(),
    Column("name", identifier(), nullable=False),
    Column("event", Document, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_history_execution", "execution_id", "id"),
)

# Without a foreign key: logs are the bulk of all rows, and PostgreSQL would look the execution up for each of them.
logs = Table(
    "logs",
    metadata,
    _rising_id(),
    Column("execution_id", identifier(), nullable=False),
    Column("task_run_id", identifier()),
    Column("task_id", identifier()),
    Column("attempt", Integer),
    Column("at", Instant, nullable=False),
    Column("level", identifier(), nullable=False),
    Column("message", FreeText, nullable=False),
    CheckConstraint(_one_of("level", Level), name="level"),
    CheckConstraint("attempt >= 1", name="attempt"),
    Index("ix_logs_execution", "execution_id", "id"),
)

metrics = Table(
    "metrics",
    metadata,
    _rising_id(),
    Column("execution_id", identifier(), nullable=False),
    Column("task_run_id", identifier(), nullable=False),
    Column("task_id", identifier(), nullable=False),
    Column("name", FreeText, nullable=False),
    Column("kind", identifier(), nullable=False),
    Column("value", Double, nullable=False),
    Column("tags", Document, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint(_one_of("kind", METRIC_KINDS), name="kind"),
    Index("ix_metrics_execution", "execution_id", "id"),
)

key_values = Table(
    "key_values",
    metadata,
    Column("namespace", identifier(), primary_key=True),
    Column("key", identifier(), primary_key=True),
    Column("value", Document),
    Column("description", FreeText),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revision", Integer, nullable=False),
    CheckConstraint("revision >= 1", name="revision"),
    Index("ix_key_values_expires", "expires_at"),
)

kept_results = Table(
    "kept_results",
    metadata,
    Column("digest", identifier(), primary_key=True),
    Column("namespace", identifier(), nullable=False),
    Column("flow_id", identifier(), nullable=False),
    Column("task_id", identifier(), nullable=False),
    Column("state", identifier(), nullable=False),
    Column("outputs", Document, nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Index("ix_kept_results_expires", "expires_at"),
)

triggers = Table(
    "triggers",
    metadata,
    Column("namespace", identifier(), primary_key=True),
    Column("flow_id", identifier(), primary_key=True),
    Column("trigger_id", identifier(), primary_key=True),
    Column("type", identifier(), nullable=False),
    Column("next_at", Instant),
    Column("last_at", Instant),
    Column("last_execution_id", identifier()),
    Column("disabled", Boolean, nullable=False),
    Column("switched_off", Boolean, nullable=False, server_default=false()),
    Column("backfill", Document),
    Column("locked_by", identifier()),
    Column("matched", Boolean, nullable=False, server_default=false()),
    Column("fingerprint", identifier(), nullable=False, server_default=""),
    Index("ix_triggers_next", "next_at"),
)

trigger_windows = Table(
    "trigger_windows",
    metadata,
    Column("namespace", identifier(), primary_key=True),
    Column("flow_id", identifier(), primary_key=True),
    Column("trigger_id", identifier(), primary_key=True),
    Column("window_id", identifier(), primary_key=True),
    Column("opened_at", Instant, nullable=False),
    Column("closes_at", Instant),
    Column("met", Document, nullable=False),
    Column("fired", Boolean, nullable=False),
    Index("ix_trigger_windows_closes", "closes_at"),
)

repositories = Table(
    "repositories",
    metadata,
    Column("name", identifier(), primary_key=True),
    Column("url", Text, nullable=False),
    Column("branch", identifier(), nullable=False),
    Column("head", identifier()),
    Column("deployed", identifier()),
    Column("synced_at", Instant),
    Column("error", FreeText),
)


def _of_repository() -> Column[str]:
    return Column("repository", identifier(), ForeignKey(repositories.c.name, ondelete="CASCADE"), primary_key=True)


refs = Table(
    "refs",
    metadata,
    _of_repository(),
    Column("branch", identifier(), primary_key=True),
    Column("sha", identifier(), nullable=False),
)

commits = Table(
    "commits",
    metadata,
    _of_repository(),
    Column("sha", identifier(), primary_key=True),
    Column("branch", identifier(), nullable=False),
    Column("summary", FreeText, nullable=False),
    Column("author", FreeText, nullable=False),
    Column("authored_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("verdict", identifier(), nullable=False),
    Column("description", FreeText, nullable=False),
    Column("changes", Document, nullable=False),
    Column("counts", Document, nullable=False),
    CheckConstraint(_one_of("verdict", VERDICTS), name="verdict"),
    CheckConstraint("(verdict = 'pending') = (ended_at IS NULL)", name="ended"),
    Index("ix_commits_seen", "repository", "seen_at"),
)

findings = Table(
    "findings",
    metadata,
    Column("repository", identifier(), primary_key=True),
    Column("sha", identifier(), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("finding", Document, nullable=False),
    ForeignKeyConstraint(["repository", "sha"], ["commits.repository", "commits.sha"], ondelete="CASCADE"),
    CheckConstraint("position >= 0", name="position"),
)

statuses = Table(
    "statuses",
    metadata,
    _rising_id(),
    Column("repository", identifier(), nullable=False),
    Column("sha", identifier(), nullable=False),
    Column("context", identifier(), nullable=False),
    Column("state", identifier(), nullable=False),
    Column("description", FreeText, nullable=False),
    Column("target_url", Text),
    Column("created_at", Instant, nullable=False),
    Column("posted_at", Instant),
    Column("not_before", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("error", FreeText),
    Column("superseded", Boolean, nullable=False),
    Column("given_up", Boolean, nullable=False),
    CheckConstraint("attempts >= 0", name="attempts"),
    CheckConstraint("posted_at IS NULL OR NOT given_up", name="given_up"),
    Index("ix_statuses_commit", "repository", "sha", "context"),
)
WAITING = statuses.c.posted_at.is_(None) & (statuses.c.superseded == false()) & (statuses.c.given_up == false())
"""Picks the statuses that are still to be posted."""

Index("ix_statuses_due", statuses.c.not_before, sqlite_where=WAITING, postgresql_where=WAITING)

deliveries = Table(
    "deliveries",
    metadata,
    Column("repository", identifier(), primary_key=True),
    Column("delivery_id", FreeText, primary_key=True),
    Column("received_at", Instant, nullable=False),
    Index("ix_deliveries_received", "received_at"),
)
