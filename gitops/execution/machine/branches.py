"""From one branch of a parent to the next, and to the end of the parent."""

from __future__ import annotations

from gitops.execution.flowable import Flowable
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.ending import end
from gitops.execution.machine.finish import end_execution
from gitops.execution.state import Branch, State


def leave(draft: Draft, parent_id: str | None, outcome: State) -> None:
    """Go on to the branch that follows, or end the parent in `outcome`."""
    progress = draft.progress(parent_id)
    if progress.exit is not None:
        outcome = progress.exit
    following = _following(draft, parent_id, progress.branch, outcome)
    if following is not None:
        _wake(draft, parent_id)
        draft.enter_branch(parent_id, following, outcome)
    elif parent_id is None:
        end_execution(draft, outcome)
    else:
        task = draft.task(parent_id)
        end(draft, draft.run(parent_id), task.result(outcome) if isinstance(task, Flowable) else outcome)


def _wake(draft: Draft, parent_id: str | None) -> None:
    """A parent that was held goes on only to run what follows."""
    if parent_id is not None and draft.run(parent_id).state is State.PAUSED:
        draft.put(draft.run(parent_id).move(State.RUNNING, draft.now))


def _following(draft: Draft, parent_id: str | None, branch: Branch, outcome: State) -> Branch | None:
    """The next branch that has tasks and is wanted, of those that run before the parent ends."""
    failed = outcome is State.FAILED
    wanted = {
        Branch.TASKS: (Branch.ERRORS, Branch.FINALLY) if failed else (Branch.FINALLY,),
        Branch.ERRORS: (Branch.FINALLY,),
    }.get(branch, ())
    task = draft.task(parent_id)
    return next((later for later in wanted if draft.flow.branch(task, later)), None)
