"""End the execution here, in a state of your choice.

## Example
    id: nothing_to_do
    namespace: company.team
    inputs:
      - id: rows
        type: INT
        defaults: 0
    tasks:
      - id: stop
        type: io.kestra.plugin.core.execution.Exit
        runIf: "{{ inputs.rows == 0 }}"
        state: WARNING
      - id: work
        type: io.kestra.plugin.core.log.Log
        message: there is something to do
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.editing import Edit, Editing, Render
from gitops.execution.state import State
from gitops.language.scalars import Templated


class Exit(Editing):
    """End the execution; tasks that run beside this one are stopped only by KILLED."""

    type: Literal["io.kestra.plugin.core.execution.Exit"]
    state: Templated[Literal["SUCCESS", "WARNING", "KILLED", "FAILED", "CANCELED", "CANCELLED"]] = Field(
        "SUCCESS", description="The state that the execution ends in; V2 writes CANCELLED with two L."
    )

    def edit(
        self,
        render: Render,
        *,
        labels: tuple[tuple[str, str], ...],  # noqa: ARG002 - it changes no labels
        variables: Mapping[str, object],  # noqa: ARG002 - nor variables
    ) -> Edit:
        """See Editing."""
        name = str(render(self.state)).replace("CANCELED", "CANCELLED")
        if name not in _ENDS:
            raise TaskFailed(f"state: expected one of {', '.join(_ENDS)}, found `{name}`")
        return Edit(exit=State(name))


_ENDS = ("SUCCESS", "WARNING", "KILLED", "FAILED", "CANCELLED")
