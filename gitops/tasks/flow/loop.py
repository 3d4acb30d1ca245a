"""Run tasks for each value of a list, a map or a file, each time as an execution of its own.

## Example
    id: greet_everyone
    namespace: company.team
    tasks:
      - id: people
        type: io.kestra.plugin.core.flow.Loop
        values: ["Ada", "Grace"]
        concurrencyLimit: 2
        tasks:
          - id: greet
            type: io.kestra.plugin.core.debug.Return
            format: "Hello {{ item.value }}"
        outputs:
          - id: greeting
            type: STRING
            value: "{{ outputs.greet.value }}"
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.flow import Output as FlowOutput
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import SomeTasks, UnavailableFlowable
from gitops.tasks.flow.endings import Endings


class LoopOutput(Model):
    """How far the loop is, and what it gave."""

    iteration_count: int = Field(description="How many iterations there are.")
    running_iterations: int = Field(description="How many of them run.")
    terminated_iterations: int = Field(description="How many of them have ended.")
    outputs: list[dict[str, Any]] | None = Field(None, description="`item` and `outputs` of each iteration.")
    uri: str | None = Field(None, description="The address of the file that holds them, when they are stored.")


class Loop(Endings, UnavailableFlowable):
    """Run the children in order for each value, in an execution of their own."""

    Output: ClassVar[type[BaseModel]] = LoopOutput

    type: Literal["io.kestra.plugin.core.flow.Loop"]
    values: Templated[str | dict[str, Any] | tuple[Any, ...]] = Field(
        description="The values: a list, a map, a JSON list as text, or the `kestra://` address of a file of lines."
    )
    concurrency_limit: int = Field(1, ge=0, description="How many values are worked on at once; 0 is no limit.")
    transmit_failed: bool = Field(True, description="Whether the task fails when an iteration fails or is killed.")
    outputs: tuple[FlowOutput, ...] = Field((), description="What each iteration hands out.")
    fetch_type: Literal["AUTO", "FETCH", "STORE"] = Field(
        "AUTO", description="Hand outputs out, store them as a file, or store them only when `values` is a file."
    )
    break_when: TemplatedStr | None = Field(
        None, description="No further iteration begins once this renders to a true value after one."
    )
    tasks: SomeTasks = Field(description="The children, run in order for each value.")
