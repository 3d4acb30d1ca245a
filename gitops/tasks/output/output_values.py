"""Hand rendered values on as outputs.

## Example
    id: numbers
    namespace: company.team
    tasks:
      - id: price
        type: io.kestra.plugin.core.output.OutputValues
        values:
          net: 100
          gross: "{{ 100 * 1.23 }}"
      - id: show
        type: io.kestra.plugin.core.log.Log
        message: "{{ outputs.price.values.gross }}"
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Templated
from gitops.language.task import Values


class OutputValuesOutput(Model):
    """The values."""

    values: dict[str, Any] = Field(description="The rendered values by their names.")


class OutputValues(Runnable):
    """Render values and hand them on."""

    INLINE: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = OutputValuesOutput

    type: Literal["io.kestra.plugin.core.output.OutputValues"]
    values: Templated[Values] | None = Field(None, description="Names with values of any depth.")

    def run(self, context: RunContext) -> OutputValuesOutput:  # noqa: ARG002 - one signature for all task types
        """The rendered values."""
        return OutputValuesOutput(values=self.values or {})
