"""The strict reading of a flow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.errors import InvalidSource
from gitops.language.document import parse
from gitops.language.flow import Flow, read_flow
from gitops.language.task import Opaque
from gitops.tasks.log.log import Log

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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("concurrency", {"limit": 2, "behavior": "FAIL"}),
        (
            "sla",
            [{"id": "fast", "type": "MAX_DURATION", "behavior": "FAIL", "duration": "PT1H", "labels": {"late": "yes"}}],
        ),
        ("sla", [{"id": "good", "type": "EXECUTION_ASSERTION", "behavior": "NONE", "assert": "{{ outputs.a.ok }}"}]),
        ("checks", [{"condition": "{{ inputs.a > 1 }}", "message": "too few", "style": "ERROR"}]),
        ("checks", [{"when": "{{ inputs.a > 1 }}", "message": "too few", "behavior": "CREATE_EXECUTION"}]),
        ("pluginDefaults", [{"type": "io.kestra", "values": {"logLevel": "DEBUG"}}]),
        ("taskDefaults", [{"type": "io.kestra", "forced": True, "values": {"logLevel": "DEBUG"}}]),
        ("listeners", [{"tasks": [LOG]}]),
        ("workerGroup", {"key": "gpu", "fallback": "CANCEL"}),
        ("workerSelector", {"tags": ["gpu"], "match": "ANY", "fallback": "IGNORE"}),
        ("retry", {"type": "constant", "interval": "PT1S", "maxAttempt": 3}),
        ("quotas", [{"anything": 1}]),
        ("draft", True),
    ],
)
def test_a_property_of_a_flow_is_read(name: str, value: object) -> None:
    assert read(**{name: value}).model_fields_set > {"id"}


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("concurrency", {"limit": 0}, "concurrency.limit"),
        ("concurrency", {"limit": 1, "behavior": "WAIT"}, "concurrency.behavior"),
        ("sla", [{"id": "fast", "type": "MAX_DURATION", "behavior": "FAIL"}], "sla[0].MAX_DURATION.duration"),
        ("sla", [{"id": "x", "type": "OTHER", "behavior": "FAIL"}], "sla[0]"),
        ("checks", [{"message": "no condition"}], "checks[0].condition"),
        ("pluginDefaults", [{"type": "io.kestra"}], "pluginDefaults[0].values"),
        ("listeners", [{"tasks": []}], "listeners[0].tasks"),
        ("workerGroup", {"fallback": "IGNORE"}, "workerGroup.fallback"),
        ("workerSelector", {"tags": ["Not A Tag"]}, "workerSelector.tags[0]"),
        ("retry", {"type": "constant", "interval": "PT2S", "maxDuration": "PT2S"}, "retry.constant"),
    ],
)
def test_a_property_of_a_flow_is_refused_at_its_path(name: str, value: object, path: str) -> None:
    with pytest.raises(InvalidSource) as refusal:
        read(**{name: value})
    assert [line.partition(": ")[0] for line in str(refusal.value).splitlines()] == [path]


def test_old_names_are_read_as_todays() -> None:
    flow = read(taskDefaults=[{"type": "x", "values": {}}], tasks=[{**LOG, "when": "{{ inputs.a }}"}])
    assert flow.plugin_defaults[0].type == "x"
    assert flow.tasks[0].run_if == "{{ inputs.a }}"


def test_a_number_is_text_as_it_was_written() -> None:
    source = "id: f\nnamespace: n\ntasks:\n- {id: t, type: io.kestra.plugin.core.log.Log, message: 3.10}\n"
    task = read_flow(parse(source).data, catalogue()).tasks[0]
    assert isinstance(task, Log)
    assert task.message == "3.10"
