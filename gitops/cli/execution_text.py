"""Executions and task runs as commands print them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_STATE_WIDTH = 9
_COMMANDS = {"state": "mark", "change-status": "state", "labels": "label"}
"""What the commands call the verbs that the API calls otherwise."""


def print_execution(execution: Mapping[str, Any]) -> None:
    """One line: state, flow, id, when it was created, its labels."""
    state, flow = execution["state"], f"{execution['namespace']}.{execution['flowId']}"
    labels = " ".join(f"{label['key']}:{label['value']}" for label in _own(execution["labels"]))
    words = (f"{state['current']:{_STATE_WIDTH}}", flow, execution["id"], _short(state.get("startDate")), labels)
    print("  ".join(word for word in words if word))


def print_whole(execution: Mapping[str, Any], task_runs: Iterable[Mapping[str, Any]]) -> None:
    """The execution, where it comes from, and its task runs, one line each, below their parents."""
    print_execution(execution)
    for name, value in _origins(execution):
        print(f"  {name}: {value}")
    depths: dict[str, int] = {}
    for run in task_runs:
        depth = depths[run["id"]] = depths.get(run.get("parentTaskRunId", ""), 0) + 1
        print("  " * depth + _task_run_line(run))


def log_line(entry: Mapping[str, Any]) -> str:
    """One line of a log, as `gitops run` prints it."""
    return f"{entry['timestamp'][11:26]} {entry['level']:5} {entry.get('taskId') or '-'}: {entry['message']}"


def _origins(execution: Mapping[str, Any]) -> list[tuple[str, object]]:
    caller = execution.get("caller") or {}
    number = execution["metadata"]["attemptNumber"]
    found = [
        ("revision", execution["flowRevision"]),
        ("attempt", number if number > 1 else None),
        ("repeats", execution.get("parentId")),
        ("called by", caller.get("executionId")),
        ("begins", _short(execution.get("scheduleDate"))),
        ("message", execution.get("message")),
        ("allows", ", ".join(_COMMANDS.get(verb, verb) for verb in execution["actions"])),
    ]
    return [(name, value) for name, value in found if value]


def _task_run_line(run: Mapping[str, Any]) -> str:
    value = f"[{run['value']}]" if run.get("value") is not None else ""
    tries = f" ({len(run['attempts'])} attempts)" if len(run["attempts"]) > 1 else ""
    reason = f": {run['message']}" if run.get("message") else ""
    return f"{run['state']['current']:{_STATE_WIDTH}}  {run['taskId']}{value}  {run['id']}{tries}{reason}"


def _own(labels: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Without the labels that the service sets itself."""
    return [label for label in labels if not label["key"].startswith("system.")]


def _short(date: str | None) -> str:
    """A date of the API to the second."""
    return f"{date[:10]} {date[11:19]} UTC" if date else ""
