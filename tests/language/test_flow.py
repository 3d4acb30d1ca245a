"""The strict reading of a flow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.errors import InvalidSource
from gitops.language.flow import Flow, read_flow
from gitops.language.task import Opaque

LOG = {"id": "say", "type": "io.kestra.plugin.core.log.Log", "message": "m"}


def read(**more: object) -> Flow:
    return read_flow({"id": "flow", "namespace": "company.team", "tasks": [LOG], **more}, catalogue())


def test_every_problem_is_told_with_its_path() -> None:
    with pytest.raises(InvalidSource) as refusal:
        read(id="a b", tasks=[{**LOG, "timeout": "5 min"}], labels={"system.x": "y"}, color="red")
    assert [line.partition(":")[0] for line in str(refusal.value).splitlines()] == [
        "id",
        "labels[0].key",
        "tasks[0].timeout",
        "color",
    ]


def test_labels_are_read_from_a_map_and_from_a_list() -> None:
    as_map = read(labels={"a": 1, "b": True}).labels
    as_list = read(labels=[{"key": "a", "value": "1"}, {"key": "b", "value": "true"}]).labels
    assert as_map == as_list


def test_a_type_that_is_not_installed_is_kept_with_its_properties() -> None:
    task = read(tasks=[{"id": "t", "type": "io.example.Other", "anything": [1]}]).tasks[0]
    assert isinstance(task, Opaque)
    assert task.model_extra == {"anything": [1]}


def test_an_expression_passes_where_its_result_is_read_later() -> None:
    assert (
        read(tasks=[{**LOG, "timeout": "{{ vars.limit }}", "level": "{{ x }}"}]).tasks[0].timeout == "{{ vars.limit }}"
    )
    assert read(tasks=[{**LOG, "timeout": "PT1M"}]).tasks[0].timeout == timedelta(minutes=1)


def test_a_property_without_a_value_is_absent() -> None:
    flow = read(description=None, disabled=None, errors=None)
    assert (flow.description, flow.disabled, flow.errors) == (None, False, ())
