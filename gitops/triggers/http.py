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

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.polled_trigger import EvaluationContext, PolledTrigger
from gitops.language.expression.values import is_truthy
from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.tasks.http.exchange import exchange
from gitops.tasks.http.request import encrypted, read_output
from gitops.tasks.http.request_properties import RequestProperties


class Trigger(RequestProperties, PolledTrigger):
    """Ask a server again and again, and create an execution for each answer that fits a condition."""

    RAW: ClassVar[frozenset[str]] = frozenset({"response_condition"})
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.plugin.fs.http.Trigger",)

    type: Literal["io.kestra.plugin.core.http.Trigger"]
    interval: Duration = Field(timedelta(minutes=1), description="The wait between two requests.")
    response_condition: TemplatedStr = Field(
        "{{ response.statusCode < 400 }}",
        description="No execution is created when this renders to a false value; `response` is the answer.",
    )
    encrypt_body: Templated[bool] = Field(False, description="Keep the body encrypted, as `encryptedBody`.")

    def evaluate(self, context: EvaluationContext) -> Mapping[str, object] | None:
        """Ask once; whatever the status is, the condition decides."""
        with exchange(self, context) as response:
            output = read_output(response)
        answer = {"statusCode": output.code, "body": output.body, "headers": output.headers}
        if not is_truthy(context.render_with(self.response_condition, {"response": answer})):
            return None
        kept = encrypted(output, context) if self.encrypt_body else output
        return kept.model_dump(by_alias=True, exclude_none=True)
