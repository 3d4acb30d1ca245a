"""Kill the execution that the task belongs to.

## Example
    id: stop_everything
    namespace: company.team
    tasks:
      - id: kill
        type: io.kestra.plugin.core.execution.Kill
        propagateKill: true
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from gitops.execution.editing import Edit, Editing, Render
from gitops.execution.truth import is_true
from gitops.language.scalars import Templated


class Kill(Editing):
    """Kill the execution."""

    type: Literal["io.kestra.plugin.core.execution.Kill"]
    propagate_kill: Templated[bool] = Field(False, description="Whether the executions it created are killed too.")

    def edit(
        self,
        render: Render,
        *,
        labels: tuple[tuple[str, str], ...],  # noqa: ARG002 - it changes no labels
        variables: Mapping[str, object],  # noqa: ARG002 - nor variables
    ) -> Edit:
        """See Editing."""
        return Edit(kill=True, cascade=is_true(render(self.propagate_kill)))
