"""Read a stream of server-sent events to its end.

## Example
    id: listen
    namespace: company.team
    tasks:
      - id: prices
        type: io.kestra.plugin.core.http.SseRequest
        uri: http://127.0.0.1:8080/prices
        concatJqExpression: .data.price
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

import httpx
from pydantic import BaseModel, Field

from gitops.errors import ExpressionError, TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.values import compact, text
from gitops.language.model import Model
from gitops.language.scalars import Level, Templated, TemplatedStr
from gitops.tasks.http.event_stream import Event, read_events
from gitops.tasks.http.exchange import exchange, without_secrets
from gitops.tasks.http.request_properties import RequestTaskProperties

_MOST_BYTES = 10 * 1024 * 1024


class SseRequestOutput(Model):
    """The events."""

    uri: str = Field(description="The address that was listened to.")
    events: list[Any] | None = Field(
        None,
        description="The events, each with its `data` and, where the server sent them, `id`, `name`, `comment` and "
        "`retry`; absent when the jq expression gave a result.",
    )
    size: int = Field(description="How many events there were.")
    result: str | None = Field(None, description="What the jq expression gave for each event, in one text.")


class SseRequest(RequestTaskProperties, Runnable):
    """Read a stream of server-sent events until the server closes it."""

    Output: ClassVar[type[BaseModel]] = SseRequestOutput

    type: Literal["io.kestra.plugin.core.http.SseRequest"]
    concat_jq_expression: TemplatedStr | None = Field(
        None, description="A jq expression that gives a text, number or boolean for each event."
    )
    failed_on_missing_jq: Templated[bool] = Field(
        True, description="Whether an event for which the jq expression gives nothing is a failure."
    )

    def run(self, context: RunContext) -> SseRequestOutput:
        """Listen to the end; the connection is closed when the attempt is killed."""
        with exchange(self, context) as response:
            if not self.accepts(response.status_code):
                place = f"{self.method} {without_secrets(self.uri)}"
                raise TaskFailed(f"{place} answered {response.status_code}; {self.way_out()}")
            events = list(read_events(_bounded(response)))
            uri = str(response.url)
        context.measure("counter", "size", len(events), {})
        found = self._found(events, context)
        if found:
            return SseRequestOutput(uri=uri, size=len(events), result="".join(found))
        return SseRequestOutput(uri=uri, events=events, size=len(events))

    def _found(self, events: list[Event], context: RunContext) -> list[str]:
        """What the jq expression gives for each event that it gives something for."""
        program = self.concat_jq_expression
        if program is None:
            return []
        found = []
        for event in events:
            try:
                found.append(_one(program, event, context))
            except ExpressionError as error:
                message = f"Failed to resolve JQ expression '{program}' and value '{compact(event)}': {error}"
                if self.failed_on_missing_jq:
                    raise TaskFailed(message) from None
                context.log(Level.DEBUG, message)
        return found


def _one(program: str, event: Event, context: RunContext) -> str:
    """The last result of the program as text; raises ExpressionError for one that is no text, number or boolean."""
    results = context.render_with("{{ event | jq(program) }}", {"event": event, "program": program}, typed=True)
    result = results[-1] if isinstance(results, list) and results else None
    if not isinstance(result, str | int | float):
        raise ExpressionError(f"expected a text, a number or a boolean, found {compact(result)}")
    return text(result)


def _bounded(response: httpx.Response) -> Iterator[bytes]:
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > _MOST_BYTES:
            raise TaskFailed(f"{without_secrets(str(response.url))} sent more than 10 MiB of events")
        yield part
