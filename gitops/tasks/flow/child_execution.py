"""How a task creates executions of another flow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.calling import Call, Calling, Render
from gitops.execution.rendered import count_of, instant_of
from gitops.execution.truth import is_true
from gitops.language.dates import Instant
from gitops.language.label import Labels
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Values


class CalledFlow(Model):
    """Which flow is called, with what, and what its end means for the task."""

    namespace: TemplatedStr = Field(description="The namespace of the called flow.")
    flow_id: TemplatedStr = Field(description="The id of the called flow.")
    revision: Templated[Annotated[int, Field(ge=1)]] | None = Field(
        None, description="The revision of the called flow; the newest by default."
    )
    inputs: Templated[Values] | None = Field(None, description="The inputs of the execution.")
    labels: Labels | None = Field(None, description="Labels of the execution.")
    wait: bool = Field(True, description="Whether the task ends only when the execution has ended.")
    transmit_failed: bool = Field(
        True, description="Whether the task ends in the state of the execution it waited for."
    )
    inherit_labels: Templated[bool] = Field(False, description="Whether the execution gets the labels of this one too.")
    schedule_date: Templated[Instant] | None = Field(None, description="When the execution starts; at once by default.")
    restart_behavior: Literal["RETRY_FAILED", "NEW_EXECUTION"] = Field(
        "RETRY_FAILED", description="Whether a restart of this execution restarts the failed one or creates another."
    )


class ChildExecution(CalledFlow, Calling):
    """A task that calls a flow."""

    @property
    def waits(self) -> bool:
        """See Calling."""
        return self.wait

    @property
    def transmits(self) -> bool:
        """See Calling."""
        return self.transmit_failed

    @property
    def restarts_child(self) -> bool:
        """See Calling."""
        return self.restart_behavior == "RETRY_FAILED"

    def rendered_call(self, render: Render) -> Call:
        """The call with everything in it rendered."""
        return Call(
            namespace=str(render(self.namespace)),
            flow_id=str(render(self.flow_id)),
            revision=None if self.revision is None else count_of(self.revision, render),
            inputs=_map(render(self.inputs or {})),
            labels=tuple((str(render(label.key)), str(render(label.value))) for label in self.labels or ()),
            inherit_labels=is_true(render(self.inherit_labels)),
            schedule_date=None if self.schedule_date is None else instant_of(self.schedule_date, render),
        )


def _map(inputs: object) -> Mapping[str, object]:
    """The inputs as a map; a text holds it as JSON."""
    try:
        found = json.loads(inputs) if isinstance(inputs, str) else inputs
    except ValueError:
        found = None
    if not isinstance(found, Mapping):
        raise TaskFailed(f"inputs: expected a map, or a text that holds one as JSON; found `{inputs}`")
    return found
