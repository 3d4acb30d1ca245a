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

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import ExpressionError, TaskFailed
from gitops.execution.flowable import Begin, Conclusion, Done, Family, Next, Render
from gitops.execution.state import Children, State, TaskRun
from gitops.execution.truth import is_true
from gitops.language.flow import Output as FlowOutput
from gitops.language.inputs.cast import cast_value
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import SomeTasks
from gitops.tasks.flow.each import Each, values_of
from gitops.tasks.flow.loop_values import as_list, text


class LoopOutput(Model):
    """How far the loop is, and what it gave."""

    iteration_count: int = Field(description="How many iterations there are.")
    running_iterations: int = Field(description="How many of them run.")
    terminated_iterations: int = Field(description="How many of them have ended.")
    outputs: list[dict[str, Any]] | None = Field(None, description="`item` and `outputs` of each iteration.")
    uri: str | None = Field(None, description="The address of the file that holds them, when they are stored.")


class Loop(Each):
    """Run the children in order for each value; iterations see their own outputs, and do not stop each other."""

    KEYED: ClassVar[bool] = False
    ITEMS: ClassVar[bool] = True

    Output: ClassVar[type[BaseModel]] = LoopOutput

    type: Literal["io.kestra.plugin.core.flow.Loop"]
    values: Templated[str | dict[str, Any] | tuple[Any, ...]] = Field(
        description="The values: a list, a map, a JSON list as text, or the `kestra://` address of a file of lines."
    )
    concurrency_limit: int = Field(1, ge=0, description="How many values are worked on at once; 0 is no limit.")
    transmit_failed: bool = Field(True, description="Whether the task fails when an iteration fails or is killed.")
    outputs: tuple[FlowOutput, ...] = Field((), description="What each iteration hands out.")
    fetch_type: Literal["AUTO", "FETCH", "STORE"] = Field(
        "AUTO",
        description="Hand outputs out, store them as a file, or store them only when `values` is a file.",
        json_schema_extra={"x-unavailable-values": ["STORE"]},
    )
    break_when: TemplatedStr | None = Field(
        None, description="No further iteration begins once this renders to a true value after one."
    )
    tasks: SomeTasks = Field(description="The children, run in order for each value.")

    @property
    def limit(self) -> int:
        """See Each."""
        return self.concurrency_limit

    def begin(self, render: Render) -> Begin:
        """Render the values, once."""
        values = _values(self.values, render)
        keys = list(values) if isinstance(values, Mapping) else None
        items = list(map(text, values.values() if isinstance(values, Mapping) else values))
        return Begin(decision={"values": items, "keys": keys}, outputs=_counts(len(items), Children()))

    def next(self, family: Family) -> Next:
        """As for each loop; none begins any more once `breakWhen` held after an iteration."""
        if any(self._breaks(family, run) for run in family.ended):
            return Next(complete=True, cursor=len(values_of(family.decision)))
        return super().next(family)

    def goes_on(self, children: Children) -> bool:  # noqa: ARG002 - whatever they did
        """A failed iteration stops no other."""
        return True

    def conclude(self, family: Family, render: Render, *, began: datetime, now: datetime) -> Conclusion:  # noqa: ARG002 - the values decide
        """Gather the outputs of the iterations."""
        counts = _counts(family.cursor, family.children)
        outputs = {**counts, "outputs": list(self._gathered(family))} if self.outputs else counts
        return Done(state=None if self.transmit_failed else State.SUCCESS, outputs=outputs)

    def _breaks(self, family: Family, run: TaskRun) -> bool:
        last = family.tasks[-1]
        return self.break_when is not None and run.task_id == last.id and is_true(family.render(run, self.break_when))

    def _gathered(self, family: Family) -> Iterator[dict[str, object]]:
        values, keys = values_of(family.decision), family.decision.get("keys")
        tasks = family.tasks
        for index in range(min(family.cursor, len(values)) if tasks else 0):
            run = family.child(tasks[-1].id, index)
            if run is not None and run.state is not State.FAILED:
                key = {"key": keys[index]} if isinstance(keys, list | tuple) else {}
                item = {"value": values[index], "index": index, "iteration": index, **key}
                yield {"item": item, "outputs": self._outputs_of(family, run)}

    def _outputs_of(self, family: Family, run: TaskRun) -> dict[str, object]:
        found: dict[str, object] = {}
        for output in self.outputs:
            value = family.render(run, output.value)
            try:
                found[output.id] = None if value is None else cast_value(output.type, value)
            except ValueError as error:
                raise ExpressionError(f"output `{output.id}` of iteration {run.iteration}: {error}") from None
        return found


def _values(values: object, render: Render) -> Mapping[str, object] | list[object]:
    """What to go over: a map, a list, the JSON of one, or the lines of a file of internal storage."""
    found = render(values)
    if isinstance(found, str) and found.startswith("kestra://"):
        lines = render("{{ read('" + found.replace("'", "") + "') }}")
        return [line for line in str(lines).splitlines() if line]
    if isinstance(found, str) and found.lstrip().startswith("{"):
        found = _map(found)
    return found if isinstance(found, Mapping) else list(as_list(found))


def _map(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        raise TaskFailed(f"expected a list or a map, or a text that holds one as JSON; found `{value}`") from None


def _counts(iterations: int, children: Children) -> dict[str, object]:
    return {
        "iterationCount": iterations,
        "runningIterations": children.live,
        "terminatedIterations": iterations - children.live if children.created else 0,
    }
