"""The task type log.Fetch."""

from __future__ import annotations

from gitops.catalog.catalogue import catalogue
from gitops.language.scalars import Level
from gitops.tasks.log.fetch import Fetch
from tests.tasks.one_task import read_task, refusal

TYPE = "io.kestra.plugin.core.log.Fetch"


def test_everything_is_fetched_by_default() -> None:
    task = read_task(TYPE)
    assert isinstance(task, Fetch)
    assert (task.execution_id, task.tasks_id, task.level) == (None, (), Level.INFO)
    assert set(task.Output.model_fields) == {"uri", "size"}


def test_all_its_properties() -> None:
    task = read_task(TYPE, namespace="a", flowId="b", executionId="{{ c }}", tasksId=["d", 1], level="WARN")
    assert isinstance(task, Fetch)
    assert (task.tasks_id, task.level) == (("d", "1"), Level.WARN)


def test_a_wrong_level_is_refused() -> None:
    assert refusal(TYPE, level="LOUD").startswith("level: Input should be 'TRACE', 'DEBUG', 'INFO', 'WARN' or 'ERROR'")


def test_old_names() -> None:
    assert catalogue().today("io.kestra.core.tasks.log.Fetch") == TYPE
    assert catalogue().today("io.kestra.core.tasks.log.Log") == "io.kestra.plugin.core.log.Log"
