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

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.language.inputs.table import AnyInput
from gitops.language.model import Model
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.task import Tasks, UnavailableFlowable
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


class Approval(Endings, UnavailableFlowable):
    """Hold the execution until a reviewer decides; `timeout` is the time to decide."""

    Output: ClassVar[type[BaseModel]] = ApprovalOutput

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
