"""The task type http.SseRequest, against a real server."""

from __future__ import annotations

import threading

import pytest

from gitops.errors import TaskFailed
from gitops.execution.state import State
from gitops.language.scalars import Level
from gitops.tasks.http.sse_request import SseRequest, SseRequestOutput
from tests.engine.conftest import workshop
from tests.engine.workshop import Workshop
from tests.tasks.http.answering_server import AnsweringServer
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

__all__ = ["workshop"]

TYPE = "io.kestra.plugin.core.http.SseRequest"


def test_its_properties_are_those_of_a_request_and_a_jq_expression() -> None:
    task = read_task(TYPE, uri="http://example.com", options={"allowFailed": True}, concatJqExpression=".data")
    assert isinstance(task, SseRequest)
    assert (task.concat_jq_expression, task.failed_on_missing_jq) == (".data", True)
    assert task.AVAILABLE
    assert set(SseRequest.Output.model_fields) == {"uri", "events", "size", "result"}


def test_a_stream_is_never_encrypted() -> None:
    assert refusal(TYPE, uri="u", encryptBody=True) == "encryptBody: Extra inputs are not permitted"


def _listen(context: RecordingContext, server: AnsweringServer, path: str, **more: object) -> SseRequestOutput:
    task = read_task(TYPE, uri=server.address(path), **more)
    assert isinstance(task, SseRequest)
    return task.run(context)


def test_the_events_are_handed_out(context: RecordingContext, server: AnsweringServer) -> None:
    output = _listen(context, server, "/events")
    assert (output.size, output.result) == (3, None)
    assert output.events == [{"data": {"n": 1, "word": "a"}, "id": "1"}, {"data": "plain"}, {"data": {"n": 2}}]
    assert output.uri == server.address("/events")
    assert context.measured == [("counter", "size", 3, {})]


def test_a_jq_expression_makes_one_text_of_them(context: RecordingContext, server: AnsweringServer) -> None:
    output = _listen(context, server, "/events", concatJqExpression=".data | type", method="POST", body="?")
    assert (output.events, output.result, output.size) == (None, "objectstringobject", 3)
    assert server.asked[0].body == b"?"


def test_an_event_without_a_result_is_a_failure_unless_it_may_be_left_out(
    context: RecordingContext, server: AnsweringServer
) -> None:
    words = """Failed to resolve JQ expression '.data.n' and value '{"data":"plain"}': """
    with pytest.raises(TaskFailed) as failed:
        _listen(context, server, "/events", concatJqExpression=".data.n")
    assert str(failed.value).startswith(words)
    output = _listen(context, server, "/events", concatJqExpression=".data.n", failedOnMissingJq=False)
    assert (output.events, output.result) == (None, "12")
    ((level, message),) = context.logs
    assert (level, message.startswith(words)) == (Level.DEBUG, True)


@pytest.mark.parametrize(("program", "found"), [(".data", "an? map|object|\\{"), (".data.none?", "null")])
def test_a_result_is_a_text_a_number_or_a_boolean(
    context: RecordingContext, server: AnsweringServer, program: str, found: str
) -> None:
    with pytest.raises(TaskFailed, match=f"expected a text, a number or a boolean, found ({found})"):
        _listen(context, server, "/events", concatJqExpression=program)


def test_without_any_result_the_events_are_handed_out(context: RecordingContext, server: AnsweringServer) -> None:
    output = _listen(context, server, "/events", concatJqExpression=".data.none?", failedOnMissingJq=False)
    assert (output.size, output.result, len(output.events or ())) == (3, None, 3)


def test_a_wrong_status_is_a_failure(context: RecordingContext, server: AnsweringServer) -> None:
    with pytest.raises(TaskFailed, match=r"answered 404; set `options\.allowFailed` to accept it"):
        _listen(context, server, "/status/404")
    assert _listen(context, server, "/status/404", allowFailed=True).size == 0


def test_an_endless_stream_is_cut(context: RecordingContext, server: AnsweringServer) -> None:
    with pytest.raises(TaskFailed, match="sent more than 10 MiB of events"):
        _listen(context, server, "/large")


def test_a_kill_ends_the_listening(context: RecordingContext, server: AnsweringServer) -> None:
    def kill() -> None:
        server.reached.wait(10)
        context.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(TaskFailed):
        _listen(context, server, "/hang")
    killer.join()


def test_an_execution_listens(workshop: Workshop, server: AnsweringServer) -> None:
    execution = workshop.run(
        f"""
        id: listen
        namespace: company.team
        tasks:
          - id: prices
            type: {TYPE}
            uri: {server.address("/events")}
            concatJqExpression: '.data | if type == "object" then .n * 2 else . end'
        """
    )
    (run,) = execution.in_order()
    assert run.state is State.SUCCESS
    assert run.outputs == {"uri": server.address("/events"), "size": 3, "result": "2plain4"}
