"""The end of an execution: its outputs, its state, and the tasks that run after it."""

from __future__ import annotations

from msgspec.structs import replace

from gitops.errors import ExpressionError
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.listening import listeners_that_hold
from gitops.execution.state import Branch, State
from gitops.language.inputs.cast import cast_value

_HANDS_OUT = frozenset({State.SUCCESS, State.WARNING, State.FAILED})


def end_execution(draft: Draft, outcome: State) -> None:
    """Give the execution its result, then run what waits for that."""
    if not draft.state.ended:
        _give_outputs(draft, outcome)
    if draft.execution.progress.branch is Branch.AFTER or not draft.flow.branch(None, Branch.AFTER):
        draft.change(done=True)
        return
    draft.enter_branch(None, Branch.AFTER, outcome)
    draft.change(progress=replace(draft.progress(None), cursor=listeners_that_hold(draft)))


def _give_outputs(draft: Draft, outcome: State) -> None:
    outputs, problem = _outputs(draft) if outcome in _HANDS_OUT else (None, None)
    if outcome is State.FAILED:
        # What failed is often what an output is made of: that is no news.
        problem = None
    if problem:
        draft.log(None, problem)
    draft.execution = replace(draft.execution, outputs=outputs, message=problem or draft.execution.message)
    draft.move_execution(State.FAILED if problem else outcome)


def _outputs(draft: Draft) -> tuple[dict[str, object] | None, str | None]:
    values: dict[str, object] = {}
    for output in draft.flow.flow.outputs:
        try:
            value = draft.render(None, output.value)
            values[output.id] = None if value is None else _cast(draft, output.type, value)
        except (ExpressionError, ValueError) as error:
            return None, f"output `{output.id}` cannot be made: {error}"
    return values or None, None


def _cast(draft: Draft, kind: str, value: object) -> object:
    """The value in the type of the output; a secret is sealed."""
    if kind != "SECRET":
        return cast_value(kind, value)
    if draft.seal is None:
        raise ValueError("the service has no encryption key, so there are no secrets; set `encryption_key`")
    return draft.seal(str(value))
