"""Set variables of the execution.

## Example
    id: remember
    namespace: company.team
    variables:
      greeting: Hello
    tasks:
      - id: set
        type: io.kestra.plugin.core.execution.SetVariables
        variables:
          greeting: Good morning
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ vars.greeting }}"
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gitops.language.scalars import Templated
from gitops.language.task import UnavailableFlowable, Values


class SetVariables(UnavailableFlowable):
    """Add variables to the execution, which later tasks read as `vars.name`."""

    type: Literal["io.kestra.plugin.core.execution.SetVariables"]
    variables: Templated[Values] = Field(description="Names with values; maps are merged with those that are there.")
    overwrite: Templated[bool] = Field(True, description="Whether a variable that is there is changed, else a failure.")
