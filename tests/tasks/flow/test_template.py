"""Template: there are none, and that is said."""

from __future__ import annotations

from tests.execution.play import flow_task, give, play


def test_it_fails_and_its_errors_do_not_run() -> None:
    player = play(flow_task("Template", "old", namespace="tests", templateId="gone"), errors=[give("sorry")])
    assert player.states() == {"old": "FAILED", "sorry": "SUCCESS"}
    assert player.run("old").message == "Can't find flow template 'tests.gone'"
