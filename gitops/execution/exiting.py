"""The early end of an execution, in a state that somebody chose."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.execution.draft import Draft
from gitops.execution.killing import kill
from gitops.execution.state import State


def end_with(draft: Draft, task_run_id: str, state: State) -> None:
    """Nothing new begins in a task run and its parents, and they end in `state`, as the execution does."""
    parent_id: str | None = task_run_id
    while parent_id is not None:
        draft.set_progress(parent_id, replace(draft.progress(parent_id), exit=state))
        parent_id = draft.run(parent_id).parent_id
    draft.set_progress(None, replace(draft.progress(None), exit=state))
    draft.unsettle(None)


def stop_with(draft: Draft, state: State) -> None:
    """What runs is stopped, and the execution ends in `state`."""
    draft.set_progress(None, replace(draft.progress(None), exit=state))
    kill(draft, cascade=False)
