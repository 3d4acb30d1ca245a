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

import json
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.editing import Edit, Editing, Render
from gitops.execution.truth import is_true
from gitops.language.scalars import Templated, Text


class UnsetVariables(Editing):
    """Take variables away, so that later tasks do not see them."""

    type: Literal["io.kestra.plugin.core.execution.UnsetVariables"]
    variables: Templated[tuple[Text, ...]] = Field(description="Names; dots lead into maps.")
    ignore_missing: Templated[bool] = Field(False, description="Whether a variable that is not there is no failure.")

    def edit(
        self,
        render: Render,
        *,
        labels: tuple[tuple[str, str], ...],  # noqa: ARG002 - it changes no labels
        variables: Mapping[str, object],
    ) -> Edit:
        """See Editing."""
        found = dict(variables)
        for name in _listed(render(self.variables)):
            left = _without(found, str(name).split("."))
            if left is None and not is_true(render(self.ignore_missing)):
                raise TaskFailed(f"expected a variable `{name}`, found none; set `ignoreMissing: true`")
            found = found if left is None else left
        return Edit(variables=found)


def _listed(names: object) -> Sequence[object]:
    """The names; a text holds them as a JSON list."""
    try:
        listed = json.loads(names) if isinstance(names, str) else names
    except ValueError:
        listed = None
    if not isinstance(listed, list | tuple):
        raise TaskFailed(f"variables: expected a list, or a text that holds one as JSON; found `{names}`")
    return listed


def _without(values: Mapping[str, object], path: Sequence[str]) -> dict[str, object] | None:
    """The values without the one at the path; None when there is none."""
    name, *deeper = path
    if name not in values:
        return None
    if not deeper:
        return {key: value for key, value in values.items() if key != name}
    inner = values[name]
    left = _without(inner, deeper) if isinstance(inner, Mapping) else None
    return None if left is None else {**values, name: left}
