"""Give the execution labels while it runs.

## Example
    id: labelled
    namespace: company.team
    inputs:
      - id: customer
        type: STRING
        defaults: acme
    tasks:
      - id: label
        type: io.kestra.plugin.core.execution.Labels
        labels:
          customer: "{{ inputs.customer }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.label import Labels as LabelList
from gitops.language.scalars import Templated
from gitops.language.task import UnavailableFlowable


class Labels(UnavailableFlowable):
    """Add labels to the execution, or change those that it has."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.executions.Labels",)

    type: Literal["io.kestra.plugin.core.execution.Labels"]
    labels: Templated[LabelList] = Field(description="The labels, or a text that renders to them as JSON.")
