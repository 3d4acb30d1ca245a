"""What a flowable sees of its children, made real over a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gitops.execution.identity import task_run_id
from gitops.execution.machine.draft import Draft
from gitops.execution.state import Branch, Children, TaskRun
from gitops.language.task import Task

_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class FamilyNow:
    """Implements Family for one look at a parent."""

    draft: Draft
    parent_id: str
    children: Children
    cursor: int
    decision: Mapping[str, object]
    ended: Sequence[TaskRun]

    @classmethod
    def of(cls, draft: Draft, parent_id: str) -> FamilyNow:
        """The family of a task run as it is now; its `ended` are taken."""
        run, progress = draft.run(parent_id), draft.progress(parent_id)
        ended = draft.ended.pop(parent_id, ())
        return cls(draft, parent_id, progress.children, progress.cursor, run.decision or _NOTHING, ended)

    @property
    def tasks(self) -> Sequence[Task]:
        """See Family."""
        return self.draft.flow.branch(self.draft.task(self.parent_id), Branch.TASKS)

    def child(self, task_id: str, iteration: int | None = None) -> TaskRun | None:
        """See Family."""
        return self.draft.find(task_run_id(self.draft.execution.id, self.parent_id, task_id, iteration))

    def render(self, child: TaskRun, value: object) -> object:
        """See Family."""
        return self.draft.render(child, value)
