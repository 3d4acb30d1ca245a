"""The task type http.SseRequest: it can be written, and does not run yet."""

from __future__ import annotations

from gitops.tasks.http.sse_request import SseRequest
from tests.tasks.one_task import read_task, refusal

TYPE = "io.kestra.plugin.core.http.SseRequest"


def test_its_properties_are_those_of_a_request_and_a_jq_expression() -> None:
    task = read_task(TYPE, uri="http://example.com", options={"allowFailed": True}, concatJqExpression=".data")
    assert isinstance(task, SseRequest)
    assert (task.concat_jq_expression, task.failed_on_missing_jq) == (".data", True)
    assert not task.AVAILABLE
    assert set(SseRequest.Output.model_fields) == {"uri", "events", "size", "result"}


def test_a_stream_is_never_encrypted() -> None:
    assert refusal(TYPE, uri="u", encryptBody=True) == "encryptBody: Extra inputs are not permitted"
