"""Wait until a reviewer approves or denies.

## Example
    id: release
    namespace: company.team
    tasks:
      - id: review
        type: io.kestra.plugin.core.flow.Approval
        timeout: P1D
        commentRequired: ON_DENY
        onApprove:
          - id: publish
            type: io.kestra.plugin.core.log.Log
            message: published
        onDeny:
          - id: withdraw
            type: io.kestra.plugin.core.log.Log
            message: "denied: {{ outputs.review.comment }}"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.flowable import Behavior as Waiting
from gitops.execution.flowable import Conclusion, Done, Family, Flowable, GoOn, Hold, Render
from gitops.execution.rendered import choice_of, duration_of
from gitops.execution.state import Branch, State, TaskRun
from gitops.execution.truth import is_true
from gitops.language.inputs.input import Input
from gitops.language.inputs.table import AnyInput
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Task, Tasks
from gitops.tasks.flow.endings import Endings

Behavior = Templated[Literal["CONTINUE", "WARN", "FAIL", "SUCCEED", "CANCEL", "KILL"]]


class Decisions(Model):
    """What the two buttons are called."""

    approve: TemplatedStr = Field("Approve", description="The button that approves.")
    deny: TemplatedStr = Field("Deny", description="The button that denies.")


class ApprovalOutput(Model):
    """What was decided, and by whom."""

    url: str | None = Field(None, description="The page of the execution.")
    decision: Literal["APPROVED", "DENIED", "EXPIRED"] | None = Field(None, description="The decision.")
    auto: bool = Field(False, description="Whether `autoApprove` decided.")
    by: str | None = Field(None, description="Who decided.")
    on: str | None = Field(None, description="When it was decided.")
    comment: str | None = Field(None, description="What the reviewer wrote.")
    inputs: dict[str, Any] | None = Field(None, description="What the reviewer filled in, by the ids of the inputs.")
    due: str | None = Field(None, description="When the time to decide is over.")


class Approval(Endings, Flowable):
    """Hold the execution until a reviewer decides; `timeout` is the time to decide."""

    Output: ClassVar[type[BaseModel]] = ApprovalOutput
    DECIDED: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.flow.Approval"]
    inputs: tuple[AnyInput, ...] = Field((), description="What the reviewer is asked for.")
    decisions: Decisions = Field(default_factory=Decisions, description="What the buttons are called.")
    comment_required: Templated[Literal["NEVER", "ALWAYS", "ON_DENY", "ON_APPROVE"]] = Field(
        "NEVER", description="When the reviewer must write a comment."
    )
    auto_approve: Templated[bool] = Field(False, description="Approve at once, without a reviewer.")
    approve_behavior: Behavior = Field("CONTINUE", description="What happens after `onApprove`.")
    deny_behavior: Behavior = Field("CANCEL", description="What happens after `onDeny`.")
    expire_behavior: Behavior = Field("CANCEL", description="What happens when nobody decided in time.")
    on_wait: Tasks = Field((), description="Tasks that run before the wait.")
    on_approve: Tasks = Field((), description="Tasks that run after an approval.")
    on_deny: Tasks = Field((), description="Tasks that run after a denial.")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        if branch is not Branch.TASKS:
            return self.ending(branch)
        return (*self.on_wait, *self.on_approve, *self.on_deny)

    def chosen(self, decision: Mapping[str, object], cursor: int) -> Sequence[Task]:
        """`onWait` before the review, then the tasks for what was decided."""
        if not cursor:
            return self.on_wait
        return {APPROVED: self.on_approve, DENIED: self.on_deny}.get(str(decision.get("answer", APPROVED)), ())

    def cursor_of(self, children: Sequence[TaskRun], before: int) -> int:
        """Back to the wait when a task of before it runs again."""
        first = {task.id for task in self.on_wait}
        return 0 if any(run.task_id in first and not run.state.ended for run in children) else before

    def asks_for(self) -> Sequence[Input]:
        """See Flowable."""
        return self.inputs

    def objection(self, decision: str | None, comment: str | None, render: Render) -> str | None:
        """A comment is missing where `commentRequired` wants one."""
        wanted = {"ALWAYS", "ON_DENY" if decision == DENIED else "ON_APPROVE"}
        if (comment or "").strip() or choice_of(self.comment_required, _REQUIRED, render) not in wanted:
            return None
        return f"a comment is required to {'deny' if decision == DENIED else 'approve'}, found none"

    def conclude(self, family: Family, render: Render, *, began: datetime, now: datetime) -> Conclusion:  # noqa: ARG002 - the phase decides
        """Wait for the review; after it, end as the decision means."""
        if family.cursor:
            denied = family.decision.get("answer") == DENIED
            return _ending(choice_of(self.deny_behavior if denied else self.approve_behavior, _BEHAVIORS, render))
        if is_true(render(self.auto_approve)):
            return GoOn(APPROVED, outputs={"decision": APPROVED, "auto": True, "on": now})
        limit = None if self.timeout is None else duration_of(self.timeout, render)
        due = None if limit is None else now + limit
        behavior = choice_of(self.expire_behavior, _BEHAVIORS, render)
        return Hold(
            duration=limit, behavior=_WAITING[behavior], outputs={"auto": False, **({"due": due} if due else {})}
        )

    def accept(
        self,
        family: Family,  # noqa: ARG002 - it does not look at its children
        given: Mapping[str, object],
        *,
        to: State,  # noqa: ARG002 - the decision says more
        now: datetime,
    ) -> Mapping[str, object]:
        """What was decided, and by whom."""
        if not given:
            return {"decision": "EXPIRED", "on": now}
        found = {"by": given.get("by"), "comment": given.get("comment"), "inputs": given.get("inputs") or {}}
        decision = given.get("decision") or APPROVED
        return {"decision": decision, "on": now, **{key: value for key, value in found.items() if value is not None}}


APPROVED = "APPROVED"
DENIED = "DENIED"
_REQUIRED = ("NEVER", "ALWAYS", "ON_DENY", "ON_APPROVE")
_BEHAVIORS = ("CONTINUE", "WARN", "FAIL", "SUCCEED", "CANCEL", "KILL")
_WAITING = {"CONTINUE": Waiting.RESUME, **{each.value: each for each in Waiting}}
_RESULTS = {"WARN": State.WARNING, "FAIL": State.FAILED}
_EXITS = {"SUCCEED": State.SUCCESS, "CANCEL": State.CANCELLED, "KILL": State.KILLED}


def _ending(behavior: str) -> Done:
    return Done(state=_RESULTS.get(behavior), exit=_EXITS.get(behavior))
