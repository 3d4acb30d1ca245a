"""The checks of a flow, made over the inputs before an execution is created."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

from gitops.errors import Conflict, ExpressionError
from gitops.execution.truth import is_true
from gitops.language.check import Check

RenderWith = Callable[[object, Mapping[str, object]], object]
_log = logging.getLogger(__name__)
_FAIL = "FAIL_EXECUTION"


def refuse_failed_checks(checks: Sequence[Check], inputs: Mapping[str, object], render: RenderWith) -> None:
    """Raise Conflict with the words of the first failed check that blocks the execution."""
    for check in failed_checks(checks, inputs, render):
        if check.behavior == "BLOCK_EXECUTION":
            raise Conflict(words_of(check, inputs, render))


def failing_check(checks: Sequence[Check], inputs: Mapping[str, object], render: RenderWith) -> str | None:
    """The words of the first failed check that lets the execution be created as FAILED."""
    failed = (check for check in failed_checks(checks, inputs, render) if check.behavior == _FAIL)
    check = next(failed, None)
    return None if check is None else words_of(check, inputs, render)


def failed_checks(checks: Sequence[Check], inputs: Mapping[str, object], render: RenderWith) -> Sequence[Check]:
    """The checks that do not hold; one that cannot be evaluated does not hold."""
    return [check for check in checks if not _holds(check, inputs, render)]


def words_of(check: Check, inputs: Mapping[str, object], render: RenderWith) -> str:
    """The message of a check; as it is written when it cannot be rendered."""
    try:
        return str(render(check.message, {"inputs": inputs}))
    except ExpressionError:
        return str(check.message)


def _holds(check: Check, inputs: Mapping[str, object], render: RenderWith) -> bool:
    try:
        return is_true(render(check.condition, {"inputs": inputs}))
    except ExpressionError as error:
        _log.warning("a check cannot be evaluated: %s", error)
        return False
