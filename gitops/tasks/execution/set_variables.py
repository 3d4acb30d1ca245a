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

import json
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.editing import Edit, Editing, Render
from gitops.execution.truth import is_true
from gitops.language.scalars import Templated
from gitops.language.task import Values


class SetVariables(Editing):
    """Add variables to the execution, which later tasks read as `vars.name`."""

    type: Literal["io.kestra.plugin.core.execution.SetVariables"]
    variables: Templated[Values] = Field(description="Names with values; maps are merged with those that are there.")
    overwrite: Templated[bool] = Field(True, description="Whether a variable that is there is changed, else a failure.")

    def edit(
        self,
        render: Render,
        *,
        labels: tuple[tuple[str, str], ...],  # noqa: ARG002 - it changes no labels
        variables: Mapping[str, object],
    ) -> Edit:
        """See Editing."""
        new = _map(render(self.variables))
        taken = [name for name in new if name in variables]
        if taken and not is_true(render(self.overwrite)):
            raise TaskFailed(f"expected variables that are not there yet, found `{taken[0]}`; set `overwrite: true`")
        return Edit(variables=_merged(variables, new))


def _map(variables: object) -> Mapping[str, object]:
    """The variables as a map; a text holds it as JSON."""
    try:
        found = json.loads(variables) if isinstance(variables, str) else variables
    except ValueError:
        found = None
    if not isinstance(found, Mapping):
        raise TaskFailed(f"variables: expected a map, or a text that holds one as JSON; found `{variables}`")
    return found


def _merged(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    """Maps are merged at any depth; everything else is replaced."""
    merged = dict(old)
    for name, value in new.items():
        before = merged.get(name)
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        merged[name] = _merged(before, value) if both else value  # type: ignore[arg-type]  # both are maps
    return merged
