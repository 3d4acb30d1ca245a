"""The task type trigger.Toggle."""

from __future__ import annotations

from gitops.catalog.catalogue import catalogue
from gitops.tasks.trigger.toggle import Toggle
from tests.tasks.one_task import read_task, refusal

TYPE = "io.kestra.plugin.core.trigger.Toggle"


def test_disables_by_default() -> None:
    task = read_task(TYPE, trigger="nightly")
    assert isinstance(task, Toggle)
    assert (task.enabled, task.namespace, task.flow_id) == (False, None, None)


def test_all_its_properties() -> None:
    task = read_task(TYPE, trigger="{{ a }}", namespace="b", flowId="c", enabled="{{ d }}")
    assert isinstance(task, Toggle)
    assert task.enabled == "{{ d }}"  # type: ignore[comparison-overlap]  # not rendered yet


def test_refused() -> None:
    assert refusal(TYPE) == "trigger: Field required"
    assert refusal(TYPE, trigger="a", enabled="on") == "enabled: Value error, expected true or false"


def test_old_name() -> None:
    assert catalogue().today("io.kestra.core.tasks.trigger.Toggle") == TYPE
