"""What a case expects of an execution beside the one it was made from, and of what is kept apart from it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from gitops.errors import NotFound
from gitops.execution.state import Execution
from gitops.store.tables import metrics
from tests.kestra.stage import Stage
from tests.kestra.values import fits
from tests.kestra.web import ask


def is_same(wanted: bool, execution: Execution, stage: Stage) -> bool:
    """Whether an action went on with the same execution; at the end, whether it is still the one that was started."""
    before = stage.before or stage.main
    return before is not None and (execution.id == before.id) is wanted


def is_new(wanted: bool, execution: Execution, stage: Stage) -> bool:
    """Whether an action made another execution."""
    return is_same(not wanted, execution, stage)


def has_parent(wanted: str | None, execution: Execution, stage: Stage) -> bool:
    """Whether the execution repeats the one of that name; null for an execution that repeats none."""
    return execution.parent_id == (None if wanted is None else stage.execution(wanted).id)


def has_new_ids(wanted: bool, execution: Execution, stage: Stage) -> bool:
    """Whether no task run has an id of the execution that was repeated."""
    assert stage.before is not None, "expected an action before this"
    return (not set(execution.task_runs) & set(stage.before.task_runs)) is wanted


def exists(wanted: bool, execution: Execution, stage: Stage) -> bool:
    """Whether the execution is still there."""
    try:
        stage.service.load(execution.id)
    except NotFound:
        return not wanted
    return wanted


def is_scheduled(wanted: Any, execution: Execution, _stage: Stage) -> bool:
    """Whether the execution begins at that date."""
    return fits(wanted, execution.schedule_date)


def counts_metrics(wanted: int, execution: Execution, stage: Stage) -> bool:
    """Whether the execution measured so many things."""
    query = select(func.count()).where(metrics.c.execution_id == execution.id)
    with stage.service.app.store.database.read() as connection:
        return connection.execute(query).scalar_one() == wanted


def has_input_files(wanted: Mapping[str, Mapping[str, Any]], execution: Execution, stage: Stage) -> bool:
    """Whether the files that were given can be downloaded."""
    return all(_has_file(each, str(execution.inputs[name]), execution, stage) for name, each in wanted.items())


def _has_file(wanted: Mapping[str, Any], uri: str, execution: Execution, stage: Stage) -> bool:
    path = f"/executions/{execution.id}/file"
    if "content" in wanted and ask(stage, "GET", path, query={"path": uri}).body != wanted["content"]:
        return False
    return (
        "size" not in wanted or ask(stage, "GET", f"{path}/metas", query={"path": uri}).body["size"] == wanted["size"]
    )


def read_file(stage: Stage, uri: str) -> str:
    """The text of a file of internal storage."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "file"
        stage.service.app.storage.fetch(uri, target)
        return target.read_text()
