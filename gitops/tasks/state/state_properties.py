"""The properties that all tasks of the group have, and the key that they mean."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from pydantic import Field

from gitops.execution.runnable import RunContext
from gitops.language.expression.library.texts import slug
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr

_STATES = "states_tasks-states"


class StateProperties(Model):
    """Which state is meant: data that one execution leaves behind for the next one of the flow.

    It is kept in the key-value store of the flow's namespace, under a key that the flow, the name and, in a loop, the
    value make.
    """

    # `name` is what every kind calls its type.
    name: TemplatedStr = Field("default", description="The name of the state.")
    namespace: Templated[bool] = Field(False, description="Whether all flows of the namespace share the state.")
    taskrun_value: Templated[bool] = Field(True, description="Whether each value of a loop has a state of its own.")

    def place(self, context: RunContext) -> tuple[str, str]:
        """The namespace and the key that the state is kept under."""
        flow = _map(context.variables.get("flow"))
        value = _map(context.variables.get("taskrun")).get("value") if self.taskrun_value else None
        own = () if self.namespace else (slug(str(flow["id"])),)
        each = () if value is None else (sha256(str(value).encode()).hexdigest(),)
        return str(flow["namespace"]), "_".join((*own, _STATES, *each, self.name))


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
