"""Hold for executions with some labels.

## Example
    id: watch_owner
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} is {{ trigger.state }}"
    triggers:
      - id: after_any
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - type: io.kestra.plugin.core.condition.ExecutionLabels
            labels:
              owner: orders
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from gitops.language.condition import Condition
from gitops.language.rendered import Render
from gitops.language.scalars import Templated, Text
from gitops.language.upstream import Facts


def _as_map(value: object) -> object:
    if not isinstance(value, list):
        return value
    if not all(_is_label(item) for item in value):
        raise ValueError("expected entries of a `key` and a `value`")
    return {item["key"]: item["value"] for item in value}


def _is_label(item: object) -> bool:
    return isinstance(item, dict) and item.keys() == {"key", "value"} and isinstance(item["key"], str)


_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_WantedLabels = Annotated[
    dict[str, Text],
    BeforeValidator(_as_map),
    WithJsonSchema(
        {
            "if": {"type": "array"},
            "then": {
                "items": {
                    "type": "object",
                    "required": ["key", "value"],
                    "properties": {"key": {"type": "string"}, "value": _SCALAR},
                    "additionalProperties": False,
                }
            },
            "else": {"type": "object", "additionalProperties": _SCALAR},
        }
    ),
]
"""Labels to look for. Unlike those of a flow they may be the service's own."""


class ExecutionLabels(Condition):
    """Hold for executions that have all of some labels."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.ExecutionLabelsCondition",
        "io.kestra.plugin.core.condition.ExecutionLabelsCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.ExecutionLabels"]
    labels: Templated[_WantedLabels] = Field(description="The labels, as a map or a list of `key` and `value`.")

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether the execution has all of the labels."""
        return facts.upstream is not None and facts.upstream.has_labels(self.rendered(render).labels)
