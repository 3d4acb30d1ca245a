"""Run the tasks of a template.

## Example
    id: from_template
    namespace: company.team
    tasks:
      - id: prepare
        type: io.kestra.plugin.core.flow.Template
        namespace: company.team
        templateId: prepare
        args:
          table: orders
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.flowable import Begin, Flowable, Render
from gitops.execution.state import Branch
from gitops.language.model import Model
from gitops.language.scalars import Templated, Text
from gitops.language.task import Task
from gitops.tasks.flow.endings import Endings


class TemplateOutput(Model):
    """What the template was given."""

    args: dict[str, str] | None = Field(None, description="The rendered `args`.")


class Template(Endings, Flowable):
    """Run the tasks of a template as if they stood here."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Template",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.flow.Subflow`"
    REMOVED: ClassVar[bool] = True
    Output: ClassVar[type[BaseModel]] = TemplateOutput

    type: Literal["io.kestra.plugin.core.flow.Template"]
    namespace: str = Field(description="The namespace of the template.")
    template_id: str = Field(description="The id of the template.")
    args: Templated[dict[str, Text]] | None = Field(
        None, description="Values that the template reads as `parent.outputs.args.name`."
    )

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return self.ending(branch)

    def begin(self, render: Render) -> Begin:  # noqa: ARG002 - there is nothing to render
        """Fail: there are no templates; a flow that is called does the same."""
        raise TaskFailed(f"Can't find flow template '{self.namespace}.{self.template_id}'")
