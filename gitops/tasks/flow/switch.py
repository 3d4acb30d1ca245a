"""Choose the tasks to run by a value.

## Example
    id: greetings
    namespace: company.team
    inputs:
      - id: language
        type: STRING
        defaults: en
    tasks:
      - id: choose
        type: io.kestra.plugin.core.flow.Switch
        value: "{{ inputs.language }}"
        cases:
          en:
            - id: hello
              type: io.kestra.plugin.core.log.Log
              message: Hello
          pl:
            - id: czesc
              type: io.kestra.plugin.core.log.Log
              message: Cześć
        defaults:
          - id: wave
            type: io.kestra.plugin.core.log.Log
            message: (waves)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema, model_validator

from gitops.errors import TaskFailed
from gitops.execution.flowable import Begin, Flowable, Render
from gitops.execution.state import Branch
from gitops.language.model import Model
from gitops.language.scalars import Templated, Text
from gitops.language.task import Task, Tasks
from gitops.tasks.flow.endings import Endings


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("expected a text that is not blank")
    return value


_NOT_BLANK = {
    "type": ["string", "number", "boolean"],
    "pattern": r"\S",
    "patternErrorMessage": "a text that is not blank",
}


class SwitchOutput(Model):
    """What was chosen."""

    value: str = Field(description="The value.")
    defaults: bool = Field(description="Whether no case had this value.")


class Switch(Endings, Flowable):
    """Run the tasks of the case that has exactly this value, or those of `defaults`."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Switch",)
    Output: ClassVar[type[BaseModel]] = SwitchOutput

    type: Literal["io.kestra.plugin.core.flow.Switch"]
    value: Templated[Annotated[Text, AfterValidator(_not_blank), WithJsonSchema(_NOT_BLANK)]] = Field(
        description="The value to choose by."
    )
    cases: dict[str, Tasks] | None = Field(None, description="The tasks to run for each value.")
    defaults: Tasks = Field((), description="The tasks to run for any other value.")

    @model_validator(mode="after")
    def _with_a_branch(self) -> Switch:
        if not self.cases and not self.defaults:
            raise ValueError("expected tasks in `cases`, in `defaults` or in both, found none")
        return self

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        if branch is not Branch.TASKS:
            return self.ending(branch)
        return (*(task for tasks in (self.cases or {}).values() for task in tasks), *self.defaults)

    def begin(self, render: Render) -> Begin:
        """Look at the value, once; fail when neither a case nor `defaults` is for it."""
        value = str(render(self.value))
        is_case = value in (self.cases or {})
        if not is_case and not self.defaults:
            raise TaskFailed(f"expected a case for `{value}`, or tasks in `defaults`; found neither")
        return Begin(decision={"case": value if is_case else None}, outputs={"value": value, "defaults": not is_case})

    def chosen(self, decision: Mapping[str, object], cursor: int) -> Sequence[Task]:  # noqa: ARG002 - it does not repeat
        """The tasks of the case, or those of `defaults`."""
        case = decision.get("case")
        return (self.cases or {}).get(case, ()) if isinstance(case, str) else self.defaults
