"""Wait until somebody resumes the execution, or for a time.

## Example
    id: ask_first
    namespace: company.team
    tasks:
      - id: approval
        type: io.kestra.plugin.core.flow.Pause
        pauseDuration: P1D
        behavior: CANCEL
        onResume:
          - id: reason
            type: STRING
            required: false
      - id: go_on
        type: io.kestra.plugin.core.log.Log
        message: "approved: {{ outputs.approval.onResume.reason ?? 'no reason given' }}"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.flowable import Behavior, Conclusion, Done, Family, Flowable, Hold, Render
from gitops.execution.rendered import choice_of, duration_of
from gitops.execution.state import Branch, State, TaskRun
from gitops.language.inputs.input import Input
from gitops.language.inputs.table import AnyInput
from gitops.language.model import Model, deprecated
from gitops.language.scalars import Duration, Templated
from gitops.language.task import AnyTask, Task, Tasks
from gitops.tasks.flow.endings import Endings


class Resumed(Model):
    """How a pause ended."""

    by: str | None = Field(None, description="Who resumed; absent when it was the time.")
    on: datetime = Field(description="When it was resumed.")
    to: str = Field(description="The state that the execution went on in.")


class PauseOutput(Model):
    """What was said at the end of the pause."""

    on_resume: dict[str, Any] = Field(description="The inputs that were given, by their ids.")
    resumed: Resumed | None = Field(None, description="Who ended the pause, when, and into which state.")


class Pause(Endings, Flowable):
    """Hold the execution until it is resumed or the time is over; `timeout` fails it instead."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Pause",)
    RENAMED: ClassVar[Mapping[str, str]] = {**Task.RENAMED, "delay": "pauseDuration"}
    Output: ClassVar[type[BaseModel]] = PauseOutput

    type: Literal["io.kestra.plugin.core.flow.Pause"]
    pause_duration: Templated[Duration] | None = Field(
        None, description="The longest wait; without it, until somebody resumes."
    )
    behavior: Templated[Literal["RESUME", "WARN", "CANCEL", "FAIL"]] = Field(
        "RESUME", description="What happens when `pauseDuration` is over and nobody resumed."
    )
    on_resume: tuple[AnyInput, ...] = Field((), description="What whoever resumes is asked for.")
    on_pause: AnyTask | None = Field(None, description="A runnable task that runs when the pause begins.")
    tasks: Tasks = Field(
        (),
        description="Tasks that run after the pause.",
        json_schema_extra=deprecated("put the tasks after the Pause", removed=True),
    )

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return (*self._before(), *self.tasks) if branch is Branch.TASKS else self.ending(branch)

    def chosen(self, decision: Mapping[str, object], cursor: int) -> Sequence[Task]:  # noqa: ARG002 - the phase decides
        """`onPause` before the wait, `tasks` after it."""
        return self.tasks if cursor else self._before()

    def cursor_of(self, children: Sequence[TaskRun], before: int) -> int:
        """Back to the wait when the task of before it runs again."""
        first = {task.id for task in self._before()}
        return 0 if any(run.task_id in first and not run.state.ended for run in children) else before

    def asks_for(self) -> Sequence[Input]:
        """See Flowable."""
        return self.on_resume

    def conclude(self, family: Family, render: Render, *, began: datetime, now: datetime) -> Conclusion:  # noqa: ARG002 - the phase decides
        """Hold the execution, or end after it."""
        if family.cursor:
            return Done()
        return Hold(
            duration=None if self.pause_duration is None else duration_of(self.pause_duration, render),
            behavior=Behavior(choice_of(self.behavior, _BEHAVIORS, render)),
            timeout=None if self.timeout is None else duration_of(self.timeout, render),
        )

    def accept(
        self,
        family: Family,  # noqa: ARG002 - it does not look at its children
        given: Mapping[str, object],
        *,
        to: State,
        now: datetime,
    ) -> Mapping[str, object]:
        """What was given by whoever resumed; nothing when the time was over."""
        if not given:
            return {}
        resumed = {"by": given.get("by"), "on": now, "to": to.value}
        return {"onResume": given.get("inputs") or {}, "resumed": resumed}

    def _before(self) -> Sequence[Task]:
        return () if self.on_pause is None else (self.on_pause,)


_BEHAVIORS = ("RESUME", "WARN", "FAIL", "CANCEL")
