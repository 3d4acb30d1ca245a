"""What a case expects of inputs that were read, and of a start or an action that was refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gitops.errors import InvalidInputs
from tests.kestra.case import CannotDoYet
from tests.kestra.values import at, fits
from tests.kestra.web import Refused

_REFUSAL = {"rejected", "error_contains", "error_equals", "http_status", "execution_created", "state", "task_runs"}
_READ = {"inputs", "inputs_resolved", "inputs_resolved_count", "state", "task_runs"}
_OUR_WORDS = {
    "Expected `URI`": "it must be an address",
    "Unable to parse `": "it must be",
    "No task found": r"there is no task run|has no task run",
    "No taskrun found": r"there is no task run|has no task run",
}
"""What Kestra says, and a pattern of what we say instead: our messages say what to do."""


def check_inputs(expect: Mapping[str, Any], read: Mapping[str, Any]) -> None:
    """Compare the inputs that were read."""
    assert not expect.get("rejected"), "expected that the inputs are refused, but they were read"
    _refuse_others(expect, _READ)
    for name, wanted in (expect.get("inputs") or {}).items():
        _compare(name, wanted, at(read, name))
    for wanted in expect.get("inputs_resolved") or []:
        if wanted.get("enabled", True):
            _compare(wanted["id"], wanted["value"], at(read, wanted["id"]))
        else:
            assert wanted["id"] not in read
    if "inputs_resolved_count" in expect:
        assert len(read) == expect["inputs_resolved_count"]


def check_rejected(expect: Mapping[str, Any], error: Exception) -> None:
    """Compare an error with the refusal that the case expects."""
    failing = {wanted["id"] for wanted in expect.get("inputs_resolved") or [] if wanted.get("has_error")}
    if failing and isinstance(error, InvalidInputs):
        assert {problem.id for problem in error.problems} == failing
        return
    if not expect.get("rejected") and expect.get("execution_created", True):
        raise error
    _refuse_others(expect, _REFUSAL)
    messages = [str(error)]
    if isinstance(error, InvalidInputs):
        messages = [f"{problem.id}: {problem.message}" for problem in error.problems]
    for part in expect.get("error_contains", ()):
        assert any(_says(message, part) for message in messages), f"expected a message with {part!r}, found {messages}"
    if "error_equals" in expect:
        assert expect["error_equals"] in messages
    if "http_status" in expect:
        found = error.status if isinstance(error, Refused) else None
        assert found == expect["http_status"], f"expected the status {expect['http_status']}, found {found}: {error}"


def _says(message: str, part: str) -> bool:
    """Whether a message holds another; Kestra begins some reasons with a capital, and has other words for some."""
    ours = [pattern for kestra, pattern in _OUR_WORDS.items() if kestra in part]
    return part.lower() in message.lower() or any(re.search(pattern, message) for pattern in ours)


def _compare(name: str, wanted: Any, found: object) -> None:
    assert fits(wanted, found), f"expected the input {name} to be {wanted!r}, found {found!r}"


def _refuse_others(expect: Mapping[str, Any], known: set[str]) -> None:
    others = set(expect) - known
    if others:
        raise CannotDoYet(f"`{', '.join(sorted(others))}` of an expectation is not supported yet")
