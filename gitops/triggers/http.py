"""Create an execution when the answer of a server fits a condition.

## Example
    id: watch_price
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "got {{ trigger.body }}"
    triggers:
      - id: price
        type: io.kestra.plugin.core.http.Trigger
        uri: http://127.0.0.1:8080/price
        interval: PT5M
        responseCondition: "{{ fromJson(response.body).price < 110 }}"
"""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.model import UNAVAILABLE
from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.language.trigger import UnavailableTrigger
from gitops.tasks.http.request_properties import RequestProperties


class Trigger(RequestProperties, UnavailableTrigger):
    """Ask a server again and again, and create an execution for each answer that fits a condition."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.plugin.fs.http.Trigger",)

    type: Literal["io.kestra.plugin.core.http.Trigger"]
    interval: Duration = Field(timedelta(minutes=1), description="The wait between two requests.")
    response_condition: TemplatedStr = Field(
        "{{ response.statusCode < 400 }}",
        description="No execution is created when this renders to a false value; `response` is the answer.",
    )
    encrypt_body: Templated[bool] = Field(
        False, description="Keep the body encrypted, as `encryptedBody`.", json_schema_extra=UNAVAILABLE
    )
