"""A call of a webhook trigger: which trigger it means, and what it hands to expressions."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

from gitops.engine.functions import world
from gitops.engine.redaction import Redactor
from gitops.errors import ExpressionError, NotFound
from gitops.execution.tree import FlowTree
from gitops.execution.variables import Variables
from gitops.language.expression.template import render
from gitops.language.trigger import CalledTrigger


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """The request: raw body, headers and query parameters with all their values."""

    body: bytes = b""
    headers: Mapping[str, list[str]] = field(default_factory=dict)
    parameters: Mapping[str, list[str]] = field(default_factory=dict)

    def variables(self, trigger: CalledTrigger) -> Mapping[str, object]:
        """What `trigger.*` holds."""
        return trigger.variables(self.body, self.headers, self.parameters)


def find_trigger(flow: FlowTree, key: str, variables: Variables) -> CalledTrigger:
    """The enabled trigger of the flow whose rendered key is `key`; raises NotFound, the same for flow and key."""
    for trigger in flow.flow.triggers:
        if isinstance(trigger, CalledTrigger) and not trigger.disabled and _fits(trigger, key, variables):
            return trigger
    raise NotFound("there is no webhook trigger with this key")


def _fits(trigger: CalledTrigger, key: str, variables: Variables) -> bool:
    try:
        rendered = str(render(trigger.key, variables, world(Redactor().learn))).strip()
    except ExpressionError:
        return False
    return hmac.compare_digest(rendered.encode(), key.encode())
