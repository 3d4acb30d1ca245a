"""AllowFailure: a failure of the children is a warning of the task."""

from __future__ import annotations

from tests.execution.play import flow_task, give, play


def test_the_rest_is_left_out_and_the_flow_goes_on_with_a_warning() -> None:
    player = play(flow_task("AllowFailure", "try", give("a"), give("b"), errors=[give("e")]), give("c"), failing={"a"})
    assert player.states() == {"try": "WARNING", "a": "FAILED", "e": "SUCCESS", "c": "SUCCESS"}
    assert player.state == "WARNING"


def test_without_a_failure_it_is_a_sequence() -> None:
    player = play(flow_task("AllowFailure", "try", give("a"), give("b"), finally_=[give("bye")]))
    assert player.states() == {"try": "SUCCESS", "a": "SUCCESS", "b": "SUCCESS", "bye": "SUCCESS"}


def test_errors_of_the_flow_do_not_run() -> None:
    player = play(flow_task("AllowFailure", "try", give("a")), errors=[give("sorry")], failing={"a"})
    assert "sorry" not in player.states()


def test_a_failing_error_task_is_allowed_too() -> None:
    player = play(flow_task("AllowFailure", "try", give("a"), errors=[give("e")]), failing={"a", "e"})
    assert player.state == "WARNING"


def test_with_an_allowed_warning_it_succeeds() -> None:
    player = play(flow_task("AllowFailure", "try", give("a"), allowWarning=True), failing={"a"})
    assert (player.states()["try"], player.state) == ("SUCCESS", "SUCCESS")


def test_a_failure_deep_inside_is_one_of_the_children() -> None:
    inner = flow_task("Parallel", "all", flow_task("Sequential", "one", give("a")), give("b"))
    player = play(flow_task("AllowFailure", "try", inner, give("c")), failing={"a"})
    assert player.states() == {"try": "WARNING", "all": "FAILED", "one": "FAILED", "b": "SUCCESS", "a": "FAILED"}


def test_a_kill_is_not_allowed() -> None:
    player = play(flow_task("AllowFailure", "try", give("a")), slow={"a"})
    player.kill()
    player.end("a")
    assert player.states() == {"try": "KILLED", "a": "KILLED"}
