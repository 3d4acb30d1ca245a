"""Expressions that are rendered as a task run of an execution sees them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from gitops.errors import ExpressionError
from gitops.execution.state import Execution
from tests.kestra.case import CannotDoYet
from tests.kestra.operator_actions import task_run_id
from tests.kestra.stage import Stage
from tests.kestra.values import fits, holds

_FIELDS = {"do", "expect", "execution", "index", "task", "values", "expression"}


def evaluate(stage: Stage, action: Mapping[str, Any]) -> Execution:
    """Render an expression and compare what it yields, or why it yields nothing."""
    if set(action) - _FIELDS:
        raise CannotDoYet(f"`{', '.join(sorted(set(action) - _FIELDS))}` of `eval` is not supported yet")
    execution, expect = stage.execution(action.get("execution")), stage.named(action.get("expect") or {})
    found, message = None, ""
    try:
        named = task_run_id(execution, action)
        found = stage.service.engine.operations.evaluate(execution.id, named, action["expression"])
    except ExpressionError as error:
        message = str(error)
    assert bool(message) is ("error_contains" in expect), f"found {found!r} {message}"
    for name, wanted in expect.items():
        if name not in _CHECKS:
            raise CannotDoYet(f"`{name}` of an expectation is not supported yet")
        assert _CHECKS[name](wanted, found, message), f"expected {name} {wanted!r}, found {found!r} {message}"
    return execution


def _parsed(found: object) -> object:
    return json.loads(found) if isinstance(found, str) else found


def _has_all(names: list[str], found: object) -> bool:
    parsed = _parsed(found)
    return isinstance(parsed, Mapping) and all(parsed.get(name) is not None for name in names)


_CHECKS: Mapping[str, Callable[[Any, Any, str], bool]] = {
    "value": lambda wanted, found, _: fits(wanted, found),
    "not_value": lambda wanted, found, _: found is not None and not fits(wanted, found),
    "contains": lambda wanted, found, _: all(part in found for part in wanted),
    "error_contains": lambda wanted, _, message: all(part in message for part in wanted),
    "json_subset": lambda wanted, found, _: holds(wanted, _parsed(found)),
    "json_not_null": lambda wanted, found, _: _has_all(wanted, found),
}
