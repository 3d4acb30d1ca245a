"""Take variables away from the execution.

## Example
    id: forget
    namespace: company.team
    variables:
      token: abc
    tasks:
      - id: unset
        type: io.kestra.plugin.core.execution.UnsetVariables
        variables:
          - token
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from gitops.language.scalars import Templated, Text
from gitops.language.task import UnavailableFlowable


class UnsetVariables(UnavailableFlowable):
    """Take variables away, so that later tasks do not see them."""

    type: Literal["io.kestra.plugin.core.execution.UnsetVariables"]
    variables: Templated[tuple[Text, ...]] = Field(description="Names; dots lead into maps.")
    ignore_missing: Templated[bool] = Field(False, description="Whether a variable that is not there is no failure.")
