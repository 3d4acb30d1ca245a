"""Service level agreements: when an execution breaks one, and what then happens to it."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.errors import ExpressionError
from gitops.execution.effects import Purpose, SetTimer
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.exiting import stop_with
from gitops.execution.rendered import LONGEST
from gitops.execution.state import State
from gitops.execution.truth import is_true
from gitops.language.scalars import Level
from gitops.language.sla import ExecutionAssertion, MaxDuration, Sla

_NOT_WATCHED = (State.CREATED, State.QUEUED, State.KILLING)


def watch(draft: Draft) -> None:
    """Set the timers of the agreements about time."""
    for sla in draft.flow.flow.sla:
        if isinstance(sla, MaxDuration):
            at, number = draft.now + min(sla.duration, LONGEST), draft.execution.attempt_number
            draft.effects.append(SetTimer(at, Purpose.SLA, sla.id, number))


def due(draft: Draft, sla_id: str, number: int) -> None:
    """The time of an agreement is over; `number` tells for which attempt, because a restart has its own time."""
    if number != draft.execution.attempt_number:
        return
    for index, sla in enumerate(draft.flow.flow.sla):
        if sla.id == sla_id and not draft.state.ended and draft.state is not State.KILLING:
            _break(draft, index, sla)


def check(draft: Draft) -> None:
    """Look at the agreements that must hold at every change; only the first that is broken acts."""
    for index, sla in enumerate(draft.flow.flow.sla):
        if draft.state.ended or draft.state in _NOT_WATCHED:
            return
        if isinstance(sla, ExecutionAssertion) and not _is_broken(draft, index) and not _holds(draft, sla):
            _break(draft, index, sla)
            return


def _holds(draft: Draft, sla: ExecutionAssertion) -> bool:
    try:
        return is_true(draft.render(None, sla.assert_))
    except ExpressionError as error:
        draft.log(None, f"SLA `{sla.id}` cannot be evaluated: {error}", Level.WARN)
        return True


def _is_broken(draft: Draft, index: int) -> bool:
    """Whether that agreement has been broken before; the cursor of the execution has a bit for each."""
    return bool(draft.progress(None).cursor >> index & 1)


def _break(draft: Draft, index: int, sla: Sla) -> None:
    if _is_broken(draft, index):
        return
    progress = draft.progress(None)
    draft.set_progress(None, replace(progress, cursor=progress.cursor | 1 << index))
    draft.log(None, f"SLA `{sla.id}` is broken", Level.WARN)
    if sla.labels:
        labels = dict(draft.execution.labels) | {label.key: label.value for label in sla.labels}
        draft.change(labels=tuple(labels.items()))
    if sla.behavior != "NONE":
        stop_with(draft, State.FAILED if sla.behavior == "FAIL" else State.CANCELLED)
