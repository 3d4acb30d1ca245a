"""Create an execution when somebody calls an address that holds the trigger's key.

## Example
    id: on_call
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "got {{ trigger.body }}"
    triggers:
      - id: hook
        type: io.kestra.plugin.core.trigger.Webhook
        key: "a-long-random-key"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import ConfigDict, Field, field_validator
from pydantic.config import JsonDict

from gitops.language.condition import Conditions
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.trigger import CalledTrigger

_MULTIPLE = "io.kestra.plugin.core.condition.MultipleCondition"
_ONE_CALL = "a condition that looks at one call; MultipleCondition waits for several executions"
_NOT_MULTIPLE: JsonDict = {
    "properties": {
        "conditions": {
            "items": {
                "properties": {
                    "type": {
                        "pattern": r"^(?!io\.kestra\.[a-z.]+\.MultipleCondition$)",
                        "patternErrorMessage": _ONE_CALL,
                    }
                }
            }
        }
    }
}
_LONGEST_KEY = 256


class Webhook(CalledTrigger):
    """Fire on `GET`, `POST` or `PUT` of `/api/v1/main/executions/webhook/{namespace}/{id}/{key}`."""

    model_config = ConfigDict(json_schema_extra={"allOf": [_NOT_MULTIPLE]})
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.models.triggers.types.Webhook",)

    type: Literal["io.kestra.plugin.core.trigger.Webhook"]
    key: TemplatedStr = Field(
        max_length=_LONGEST_KEY,
        description="The last part of the address; whoever knows it may start the flow.",
        json_schema_extra={"maxLength": _LONGEST_KEY},
    )
    wait: bool = Field(False, description="Answer once the execution has ended.")
    return_outputs: bool = Field(False, description="Answer with the flow's outputs; needs `wait`.")
    response_content_type: Literal["application/json", "text/plain"] = Field(
        "application/json", description="The form of the outputs in the answer."
    )
    response_code: Templated[int] | None = Field(
        None,
        description="The HTTP status of the answer; 200 if absent, and 500 for a failed execution.",
    )
    fetch_type: Literal["FETCH", "STORE"] = Field(
        "FETCH", description="STORE keeps the body as the file `trigger.uri`."
    )

    @field_validator("conditions")
    @classmethod
    def _about_one_call(cls, conditions: Conditions) -> Conditions:
        if any(condition.type == _MULTIPLE for condition in conditions):
            raise ValueError(f"expected {_ONE_CALL}")
        return conditions
