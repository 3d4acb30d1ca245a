"""What the whole engine needs: how executions belong together, timers of every purpose, values, metrics, windows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
INSTANT = sa.String(27).with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
RISING = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _one_of(column: str, *words: str) -> str:
    return "(" + " OR ".join(f"{column} = '{word}'" for word in words) + ")"


def upgrade() -> None:
    """Add the columns, make the timers anew with those that wait, and create the new tables."""
    _change_executions()
    _change_timers()
    _change_triggers()
    _create_values()
    _create_metrics()


def _change_executions() -> None:
    """Where executions come from, and what flowables decided."""
    op.add_column("executions", sa.Column("parent_id", NAME))
    op.add_column("executions", sa.Column("original_id", NAME))
    op.add_column("executions", sa.Column("original_created_at", INSTANT))
    op.add_column("executions", sa.Column("attempt_number", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("executions", sa.Column("schedule_date", INSTANT))
    op.add_column("executions", sa.Column("caller_id", NAME))
    op.add_column("executions", sa.Column("caller_task_run_id", NAME))
    op.add_column("executions", sa.Column("caller_attempt", sa.Integer()))
    op.add_column("executions", sa.Column("caller_index", sa.Integer()))
    called = sa.text("caller_id IS NOT NULL")
    by_call = ["caller_id", "caller_task_run_id", "caller_index"]
    op.create_index("ix_executions_caller", "executions", by_call, sqlite_where=called, postgresql_where=called)
    op.add_column("task_runs", sa.Column("decision", sa.Text()))
    _let_variables_be_unset()


def _let_variables_be_unset() -> None:
    """No variables of its own are NULL now, none that are left are an empty map; SQLite changes no column in place."""
    op.execute("ALTER TABLE executions RENAME COLUMN variables TO old_variables")
    op.add_column("executions", sa.Column("variables", sa.Text()))
    op.execute("UPDATE executions SET variables = old_variables WHERE old_variables <> '{}'")
    op.drop_column("executions", "old_variables")


def _change_timers() -> None:
    """Timers had one purpose; those that wait are kept."""
    op.rename_table("timers", "old_timers")
    op.drop_index("ix_timers_at", "old_timers")
    op.drop_index("ix_timers_execution", "old_timers")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE old_timers DROP CONSTRAINT pk_timers")
    op.create_table(
        "timers",
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("purpose", NAME, nullable=False),
        sa.Column("subject", NAME, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(
            _one_of("purpose", "RETRY", "RESUME", "TIMEOUT", "LOOP", "START", "SLA"), name=op.f("ck_timers_purpose")
        ),
        sa.CheckConstraint("number >= 0", name=op.f("ck_timers_number")),
        sa.ForeignKeyConstraint(
            ["execution_id"], ["executions.id"], name=op.f("fk_timers_executions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("execution_id", "purpose", "subject", "number", name=op.f("pk_timers")),
    )
    op.create_index("ix_timers_at", "timers", ["at"])
    op.execute(
        "INSERT INTO timers (execution_id, purpose, subject, number, at) "
        "SELECT execution_id, 'RETRY', task_run_id, attempt, at FROM old_timers"
    )
    op.drop_table("old_timers")


def _change_triggers() -> None:
    """What operators say of triggers, and what Flow triggers remember."""
    op.add_column("triggers", sa.Column("switched_off", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("triggers", sa.Column("backfill", sa.Text()))
    op.add_column("triggers", sa.Column("locked_by", NAME))
    op.add_column("triggers", sa.Column("matched", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("triggers", sa.Column("fingerprint", NAME, nullable=False, server_default=""))
    op.create_table(
        "trigger_windows",
        sa.Column("namespace", NAME, nullable=False),
        sa.Column("flow_id", NAME, nullable=False),
        sa.Column("trigger_id", NAME, nullable=False),
        sa.Column("window_id", NAME, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closes_at", INSTANT),
        sa.Column("met", sa.Text(), nullable=False),
        sa.Column("fired", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("namespace", "flow_id", "trigger_id", "window_id", name=op.f("pk_trigger_windows")),
    )
    op.create_index("ix_trigger_windows_closes", "trigger_windows", ["closes_at"])


def _create_values() -> None:
    """What executions leave for later ones: key-value pairs and results that are handed out again."""
    op.create_table(
        "key_values",
        sa.Column("namespace", NAME, nullable=False),
        sa.Column("key", NAME, nullable=False),
        sa.Column("value", sa.Text()),
        sa.Column("description", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_key_values_revision")),
        sa.PrimaryKeyConstraint("namespace", "key", name=op.f("pk_key_values")),
    )
    op.create_index("ix_key_values_expires", "key_values", ["expires_at"])
    op.create_table(
        "kept_results",
        sa.Column("digest", NAME, nullable=False),
        sa.Column("namespace", NAME, nullable=False),
        sa.Column("flow_id", NAME, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("state", NAME, nullable=False),
        sa.Column("outputs", sa.Text(), nullable=False),
        sa.Column("kept_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_kept_results")),
    )
    op.create_index("ix_kept_results_expires", "kept_results", ["expires_at"])


def _create_metrics() -> None:
    """What task runs measured."""
    op.create_table(
        "metrics",
        sa.Column("id", RISING, autoincrement=True, nullable=False),
        sa.Column("execution_id", NAME, nullable=False),
        sa.Column("task_run_id", NAME, nullable=False),
        sa.Column("task_id", NAME, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", NAME, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.CheckConstraint(_one_of("kind", "counter", "timer", "gauge"), name=op.f("ck_metrics_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metrics")),
    )
    op.create_index("ix_metrics_execution", "metrics", ["execution_id", "id"])
