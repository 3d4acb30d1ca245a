"""The function `http` of expressions: a request of the task type http.Request, sent by the attempt that renders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from gitops.errors import ExpressionError, InvalidSource, TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.values import compact, from_text, is_map, text

_REQUEST: Final = "io.kestra.plugin.core.http.Request"
_JSON: Final = "application/json"


def http_with(context: RunContext) -> Callable[..., object]:
    """The function; what it sends ends when the attempt is killed, and is measured and logged as the attempt's."""

    def http(
        uri: object,
        method: object = "GET",
        query: object = None,
        body: object = None,
        content_type: object = _JSON,
        headers: object = None,
        options: object = None,
        accept: object = _JSON,
    ) -> object:
        named = dict(headers) if is_map(headers) else {}
        source = {
            "uri": uri,
            "method": method,
            "params": query,
            "body": None if body is None else text(body),
            "contentType": content_type,
            "headers": {"Accept": accept, **named},
            "options": options,
        }
        return _read(_send({name: value for name, value in source.items() if value is not None}, context))

    return http


def _send(source: Mapping[str, object], context: RunContext) -> Mapping[str, object]:
    try:
        task = context.services.task_types.read({"id": "http", "type": _REQUEST, **source}, lambda value: value)
        assert isinstance(task, Runnable)  # noqa: S101 - the type is one that does work
        output = task.run(context)
    except (InvalidSource, TaskFailed) as error:
        raise ExpressionError(f"http: {error}") from None
    return {} if output is None else output.model_dump(by_alias=True)


def _read(answer: Mapping[str, object]) -> object:
    """The body of an answer; what is JSON, and says so, is read."""
    body, headers = answer.get("body"), answer.get("headers")
    kinds = headers.get("content-type") if is_map(headers) else None
    if not isinstance(body, str) or "json" not in compact(kinds):
        return body
    try:
        return from_text(body)
    except ValueError as error:
        raise ExpressionError(f"http: the answer is not JSON: {error}") from None
