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

from typing import Literal

from pydantic import Field

from gitops.language.scalars import Templated
from gitops.language.task import UnavailableFlowable


class Exit(UnavailableFlowable):
    """End the execution; tasks that run beside this one are stopped only by KILLED."""

    type: Literal["io.kestra.plugin.core.execution.Exit"]
    state: Templated[Literal["SUCCESS", "WARNING", "KILLED", "FAILED", "CANCELED", "CANCELLED"]] = Field(
        "SUCCESS", description="The state that the execution ends in; V2 writes CANCELLED with two L."
    )
