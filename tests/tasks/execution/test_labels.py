"""Labels: added to the execution, or changed, while it runs."""

from __future__ import annotations

import pytest

from tests.execution.play import execution_task, give, play

OWN = (("a", "old"), ("system.correlationId", "c"))


@pytest.mark.parametrize(
    "labels",
    [
        {"a": "new", "b": "{{ inputs.who }}"},
        {"{{ 'a' }}": "new", "b": "ada"},
        [{"key": "a", "value": "new"}, {"key": "{{ 'b' }}", "value": "ada"}],
        '{"a": "new", "b": "{{ inputs.who }}"}',
        '[{"key": "a", "value": "new"}, {"key": "b", "value": "{{ inputs.who }}"}]',
    ],
)
def test_they_are_merged_over_those_that_there_are(labels: object) -> None:
    player = play(
        execution_task("Labels", "mark", labels=labels),
        give("next", "{{ labels.a }} {{ labels.b }}"),
        labels=OWN,
        inputs={"who": "ada"},
    )
    assert dict(player.execution.labels) == {"a": "new", "system.correlationId": "c", "b": "ada"}
    assert player.outputs("next") == {"value": "new ada"}
    assert (player.outputs("mark"), player.state) == (None, "SUCCESS")


def test_values_of_json_are_written_as_expressions_write_them() -> None:
    player = play(execution_task("Labels", "mark", labels="{{ {'yes': true, 'n': 1.5, 'none': null} }}"))
    assert dict(player.execution.labels) == {"yes": "true", "n": "1.5", "none": ""}


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ({"{{ 'system.x' }}": "1"}, "labels that start with `system.` are set by the service only, found `system.x`"),
        ('{"system.x": "{{ 1 }}"}', "labels that start with `system.` are set by the service only, found `system.x`"),
        ("{{ 'word' }}", "labels: expected a map, or a text that holds one as JSON; found `word`"),
        ("{{ [1] }}", "expected a map"),
        ("{{ [{'key': 'a'}] }}", "expected a map"),
        ({"a": "{{ inputs.missing }}"}, "missing"),
    ],
)
def test_what_cannot_be_set_fails_it_and_changes_nothing(labels: object, reason: str) -> None:
    player = play(execution_task("Labels", "mark", labels=labels), labels=OWN)
    assert player.execution.labels == OWN
    assert player.state == "FAILED"
    assert reason in (player.run("mark").message or "")


def test_a_failure_may_be_tried_again() -> None:
    retry = {"type": "constant", "interval": "PT1S", "maxAttempts": 2}
    player = play(execution_task("Labels", "mark", labels={"a": "{{ inputs.missing }}"}, retry=retry), give("next"))
    assert player.states() == {"mark": "RETRYING"}
    player.wait()
    assert (player.states(), len(player.run("mark").attempts), player.state) == ({"mark": "FAILED"}, 2, "FAILED")
