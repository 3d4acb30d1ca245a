"""What a case expects of the log of an execution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gitops.execution.state import Execution
from gitops.language.scalars import Level
from gitops.store.logs import LogEntry
from tests.kestra.case import CannotDoYet
from tests.kestra.stage import Stage
from tests.kestra.values import fits


def has_logs(wanted: list[Mapping[str, Any]], execution: Execution, stage: Stage) -> bool:
    """Whether the log has all the entries."""
    return all(_has_log(each, execution, stage) for each in wanted)


def logs_contain(wanted: list[str], execution: Execution, stage: Stage) -> bool:
    """Whether each text is in some entry."""
    return has_logs([{"contains": [part]} for part in wanted], execution, stage)


def log_count(wanted: Mapping[str, Any], execution: Execution, stage: Stage) -> bool:
    """Whether the log has so many entries, also that of an execution that is gone."""
    return _has_log(wanted, execution, stage)


def _has_log(wanted: Mapping[str, Any], execution: Execution, stage: Stage) -> bool:
    entries = stage.service.logs(execution.id)
    for name, item in wanted.items():
        if name in _COUNTS:
            continue
        if name not in _CHECKS:
            raise CannotDoYet(f"`{name}` of a log entry is not supported yet")
        entries = [entry for entry in entries if _CHECKS[name](item, entry)]
    counts = [_COUNTS[name](item, len(entries)) for name, item in wanted.items() if name in _COUNTS]
    return all(counts) if counts else bool(entries)


_COUNTS: Mapping[str, Callable[[int, int], bool]] = {
    "count": lambda wanted, found: found == wanted,
    "count_min": lambda wanted, found: found >= wanted,
    "count_max": lambda wanted, found: found <= wanted,
}

_CHECKS: Mapping[str, Callable[[Any, LogEntry], bool]] = {
    "task": lambda wanted, entry: entry.task_id == wanted,
    "level": lambda wanted, entry: entry.level == wanted,
    "min_level": lambda wanted, entry: entry.level.rank >= Level(wanted).rank,
    "message": lambda wanted, entry: fits(wanted, entry.message),
    "starts_with": lambda wanted, entry: entry.message.startswith(wanted),
    "ends_with": lambda wanted, entry: entry.message.endswith(wanted),
    "contains": lambda wanted, entry: all(
        part in entry.message for part in (wanted if isinstance(wanted, list) else [wanted])
    ),
}
