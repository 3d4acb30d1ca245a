"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
RISING = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_LIVE = ("CREATED", "QUEUED", "RUNNING", "PAUSED", "RESTARTED", "RETRYING", "KILLING")
_ENDED = ("SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED")


def _one_of(column: str, *words: str) -> str:
    return "(" + " OR ".join(f"{column} = '{word}'" for word in words) + ")"


_STATE = f"(ended_at IS NULL AND {_one_of('state', *_LIVE)}) OR (ended_at IS NOT NULL AND {_one_of('state', *_ENDED)})"


def upgrade() -> None:
    """Create every table; those that others refer to come first."""
    _create_flows()
    _create_executions()
    _create_task_runs()
    _create_records()
    _create_repositories()
    _create_commits()


def _where(condition: str) -> dict[str, Any]:
    """A partial index; SQLite has no boolean words."""
    in_words = condition.replace("= 0", "= false").replace("= 1", "= true")
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(in_words)}


def _create_flows() -> None:
    """What flows are: revisions and the labels of the live ones."""
    op.create_table(
        "revisions",
        sa.Column("namespace", NAME, nullable=False),
        sa.Column("flow_id", NAME, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("digest", NAME, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("repository", NAME),
        sa.Column("path", sa.Text()),
        sa.Column("commit_sha", NAME),
        sa.Column("blob", NAME),
        sa.Column("description", sa.Text()),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("triggers", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("deleted_at", INSTANT),
        sa.Column("deleted_by", NAME),
        sa.CheckConstraint("deleted_at IS NOT NULL OR deleted_by IS NULL", name=op.f("ck_revisions_deleted")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_revisions_digest")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_revisions_revision")),
        sa.PrimaryKeyConstraint("namespace", "flow_id", "revision", name=op.f("pk_revisions")),
    )
    op.create_index("ix_revisions_repository", "revisions", ["repository"], **_where("current = 1"))
    op.create_index("uq_revisions_current", "revisions", ["namespace", "flow_id"], unique=True, **_where("current = 1"))
    op.create_table(
        "flow_labels",
        sa.Column("namespace", NAME, nullable=False),
        sa.Column("flow_id", NAME, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("namespace", "flow_id", "key", "value", name=op.f("pk_flow_labels")),
    )
    op.create_index("ix_flow_labels_label", "flow_labels", ["key", "value"])


def _create_executions() -> None:
    """What executions are, and the two tables for finding them."""
    op.create_table(
        "executions",
        sa.Column("id", NAME, nullable=False),
        sa.Column("namespace", NAME, nullable=False),
        sa.Column("flow_id", NAME, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("state", NAME, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("moments", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("outputs", sa.Text()),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("trigger_id", NAME),
        sa.Column("trigger_type", NAME),
        sa.Column("trigger_variables", sa.Text()),
        sa.Column("repository", NAME),
        sa.Column("commit_sha", NAME),
        sa.Column("message", sa.Text()),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.CheckConstraint(_STATE, name=op.f("ck_executions_state")),
        sa.CheckConstraint("(repository IS NULL) = (commit_sha IS NULL)", name=op.f("ck_executions_commit")),
        sa.CheckConstraint("(trigger_id IS NULL) = (trigger_type IS NULL)", name=op.f("ck_executions_trigger")),
        sa.CheckConstraint("NOT done OR ended_at IS NOT NULL", name=op.f("ck_executions_done")),
        sa.ForeignKeyConstraint(
            ["namespace", "flow_id", "revision"],
            ["revisions.namespace", "revisions.flow_id", "revisions.revision"],
            name=op.f("fk_executions_revisions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executions")),
    )
    op.create_index("ix_executions_commit", "executions", ["commit_sha"], **_where("commit_sha IS NOT NULL"))
    op.create_index("ix_executions_created", "executions", ["created_at", "id"])
    op.create_index("ix_executions_flow", "executions", ["namespace", "flow_id", "created_at"])
    op.create_index("ix_executions_state", "executions", ["state", "created_at"])
    op.create_index("ix_executions_unfinished", "executions", ["created_at"], **_where("done = 0"))
    op.create_table(
        "execution_labels",
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["executions.id"], name=op.f("fk_execution_labels_executions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("execution_id", "key", "value", name=op.f("pk_execution_labels")),
    )
    op.create_index("ix_execution_labels_label", "execution_labels", ["key", "value"])


def _create_task_runs() -> None:
    """What happens inside executions."""
    op.create_table(
        "task_runs",
        sa.Column("id", NAME, nullable=False),
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("branch", NAME, nullable=False),
        sa.Column("parent_id", NAME),
        sa.Column("value", sa.Text()),
        sa.Column("iteration", sa.Integer()),
        sa.Column("state", NAME, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("moments", sa.Text(), nullable=False),
        sa.Column("outputs", sa.Text()),
        sa.Column("message", sa.Text()),
        sa.Column("progress", sa.Text()),
        sa.CheckConstraint(
            _one_of("branch", "tasks", "errors", "finally", "afterExecution"), name=op.f("ck_task_runs_branch")
        ),
        sa.CheckConstraint(_STATE, name=op.f("ck_task_runs_state")),
        sa.CheckConstraint("iteration >= 0", name=op.f("ck_task_runs_iteration")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_task_runs_sequence")),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["executions.id"], name=op.f("fk_task_runs_executions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_runs")),
        sa.UniqueConstraint("execution_id", "sequence", name=op.f("uq_task_runs_execution_id_sequence")),
    )
    op.create_table(
        "attempts",
        sa.Column("task_run_id", NAME, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", NAME, nullable=False),
        sa.Column("started_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("message", sa.Text()),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.CheckConstraint(_STATE, name=op.f("ck_attempts_state")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempts_number")),
        sa.ForeignKeyConstraint(
            ["task_run_id"], ["task_runs.id"], name=op.f("fk_attempts_task_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_run_id", "number", name=op.f("pk_attempts")),
    )


def _create_records() -> None:
    """What executions leave behind or wait for."""
    op.create_table(
        "timers",
        sa.Column("task_run_id", NAME, nullable=False),
        sa.Column("attempt", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_timers_attempt")),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["executions.id"], name=op.f("fk_timers_executions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_run_id", "attempt", name=op.f("pk_timers")),
    )
    op.create_index("ix_timers_at", "timers", ["at"])
    op.create_index("ix_timers_execution", "timers", ["execution_id"])
    op.create_table(
        "history",
        sa.Column("id", RISING, autoincrement=True, nullable=False),
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["executions.id"], name=op.f("fk_history_executions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index("ix_history_execution", "history", ["execution_id", "id"])
    op.create_table(
        "logs",
        sa.Column("id", RISING, autoincrement=True, nullable=False),
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("task_run_id", NAME),
        sa.Column("task_id", NAME),
        sa.Column("attempt", sa.Integer()),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("level", NAME, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.CheckConstraint(_one_of("level", "TRACE", "DEBUG", "INFO", "WARN", "ERROR"), name=op.f("ck_logs_level")),
        sa.CheckConstraint("attempt >= 1", name=op.f("ck_logs_attempt")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_logs")),
    )
    op.create_index("ix_logs_execution", "logs", ["execution_id", "id"])
    op.create_table(
        "triggers",
        sa.Column("namespace", NAME, nullable=False),
        sa.Column("flow_id", NAME, nullable=False),
        sa.Column("trigger_id", NAME, nullable=False),
        sa.Column("type", NAME, nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("last_at", INSTANT),
        sa.Column("last_execution_id", NAME),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("namespace", "flow_id", "trigger_id", name=op.f("pk_triggers")),
    )
    op.create_index("ix_triggers_next", "triggers", ["next_at"])


def _create_repositories() -> None:
    """What is known of watched repositories."""
    op.create_table(
        "repositories",
        sa.Column("name", NAME, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("branch", NAME, nullable=False),
        sa.Column("head", NAME),
        sa.Column("deployed", NAME),
        sa.Column("synced_at", INSTANT),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_repositories")),
    )
    op.create_table(
        "refs",
        sa.Column("repository", NAME, nullable=False),
        sa.Column("branch", NAME, nullable=False),
        sa.Column("sha", NAME, nullable=False),
        sa.ForeignKeyConstraint(
            ["repository"], ["repositories.name"], name=op.f("fk_refs_repositories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("repository", "branch", name=op.f("pk_refs")),
    )
    op.create_table(
        "deliveries",
        sa.Column("repository", NAME, nullable=False),
        sa.Column("delivery_id", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("repository", "delivery_id", name=op.f("pk_deliveries")),
    )
    op.create_index("ix_deliveries_received", "deliveries", ["received_at"])


def _create_commits() -> None:
    """What became of each commit."""
    op.create_table(
        "commits",
        sa.Column("repository", NAME, nullable=False),
        sa.Column("sha", NAME, nullable=False),
        sa.Column("branch", NAME, nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("authored_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("verdict", NAME, nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.CheckConstraint(
            _one_of("verdict", "pending", "deployed", "refused", "linted", "superseded", "failed"),
            name=op.f("ck_commits_verdict"),
        ),
        sa.CheckConstraint("(verdict = 'pending') = (ended_at IS NULL)", name=op.f("ck_commits_ended")),
        sa.ForeignKeyConstraint(
            ["repository"], ["repositories.name"], name=op.f("fk_commits_repositories"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("repository", "sha", name=op.f("pk_commits")),
    )
    op.create_index("ix_commits_seen", "commits", ["repository", "seen_at"])
    op.create_table(
        "findings",
        sa.Column("repository", NAME, nullable=False),
        sa.Column("sha", NAME, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_findings_position")),
        sa.ForeignKeyConstraint(
            ["repository", "sha"],
            ["commits.repository", "commits.sha"],
            name=op.f("fk_findings_commits"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("repository", "sha", "position", name=op.f("pk_findings")),
    )
    op.create_table(
        "statuses",
        sa.Column("id", RISING, autoincrement=True, nullable=False),
        sa.Column("repository", NAME, nullable=False),
        sa.Column("sha", NAME, nullable=False),
        sa.Column("context", NAME, nullable=False),
        sa.Column("state", NAME, nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("target_url", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("posted_at", INSTANT),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_statuses_attempts")),
        sa.CheckConstraint("posted_at IS NULL OR NOT given_up", name=op.f("ck_statuses_given_up")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statuses")),
    )
    op.create_index("ix_statuses_commit", "statuses", ["repository", "sha", "context"])
    op.create_index(
        "ix_statuses_due", "statuses", ["not_before"], **_where("posted_at IS NULL AND superseded = 0 AND given_up = 0")
    )
