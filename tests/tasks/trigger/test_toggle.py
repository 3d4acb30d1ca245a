"""The task type trigger.Toggle."""

from __future__ import annotations

from unittest.mock import Mock, call

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


def test_it_switches_the_trigger_of_this_flow_unless_another_one_is_named() -> None:
    asked = Mock()
    for properties in ({"trigger": "nightly"}, {"trigger": "t", "namespace": "n", "flowId": "f", "enabled": True}):
        task = read_task(TYPE, **properties)
        assert isinstance(task, Toggle)
        task.run(asked)
    assert asked.services.trigger_switches.switch.mock_calls == [
        call("nightly", on=False, flow_id=None, namespace=None),
        call("t", on=True, flow_id="f", namespace="n"),
    ]
