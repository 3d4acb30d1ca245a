"""The properties that all tasks of the group have."""

from __future__ import annotations

from pydantic import Field

from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr


class StateProperties(Model):
    """Which state is meant: data that one execution leaves behind for the next one of the flow."""

    # `name` is what every kind calls its type.
    name: TemplatedStr = Field("default", description="The name of the state.")
    namespace: Templated[bool] = Field(False, description="Whether all flows of the namespace share the state.")
    taskrun_value: Templated[bool] = Field(True, description="Whether each value of a loop has a state of its own.")
