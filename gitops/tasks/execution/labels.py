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

import json
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.editing import Edit, Editing, Render
from gitops.language.expression.values import text
from gitops.language.label import Labels as LabelList
from gitops.language.scalars import Templated


class Labels(Editing):
    """Add labels to the execution, or change those that it has."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.executions.Labels",)

    type: Literal["io.kestra.plugin.core.execution.Labels"]
    labels: Templated[LabelList] = Field(description="The labels, or a text that renders to them as JSON.")

    def edit(
        self,
        render: Render,
        *,
        labels: tuple[tuple[str, str], ...],
        variables: Mapping[str, object],  # noqa: ARG002 - it changes no variables
    ) -> Edit:
        """See Editing."""
        found = dict(labels)
        for key, value in _pairs(self.labels, render):
            if key.startswith("system."):
                raise TaskFailed(f"labels that start with `system.` are set by the service only, found `{key}`")
            found[key] = value
        return Edit(labels=tuple(found.items()))


_LABEL = {"key", "value"}


def _pairs(labels: LabelList | str, render: Render) -> Iterator[tuple[str, str]]:
    """Keys with values; both may be expressions, and so may be the whole, as JSON."""
    if not isinstance(labels, str):
        yield from ((str(render(label.key)), str(render(label.value))) for label in labels)
        return
    rendered = str(render(labels))
    try:
        found = json.loads(rendered)
    except ValueError:
        found = None
    if isinstance(found, list) and all(isinstance(item, dict) and set(item) >= _LABEL for item in found):
        found = {str(item["key"]): item["value"] for item in found}
    if not isinstance(found, dict):
        raise TaskFailed(f"labels: expected a map, or a text that holds one as JSON; found `{rendered}`")
    yield from ((str(key), text(value)) for key, value in found.items())
