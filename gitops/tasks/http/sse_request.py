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

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Unavailable
from gitops.tasks.http.request_properties import RequestTaskProperties


class SseRequestOutput(Model):
    """The events."""

    uri: str = Field(description="The address that was listened to.")
    events: list[Any] | None = Field(None, description="The events; absent when the jq expression gave a result.")
    size: int = Field(description="How many events there were.")
    result: str | None = Field(None, description="What the jq expression gave for each event, in one text.")


class SseRequest(RequestTaskProperties, Unavailable):
    """Read a stream of server-sent events until the server closes it."""

    Output: ClassVar[type[BaseModel]] = SseRequestOutput

    type: Literal["io.kestra.plugin.core.http.SseRequest"]
    concat_jq_expression: TemplatedStr | None = Field(
        None, description="A jq expression that gives a text, number or boolean for each event."
    )
    failed_on_missing_jq: Templated[bool] = Field(
        True, description="Whether an event for which the jq expression gives nothing is a failure."
    )
