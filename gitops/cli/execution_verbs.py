"""What each verb of `gitops execution` takes, and what it asks of the API for one execution and for many."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from gitops.cli.execution_choice import ENDS
from gitops.cli.given_inputs import read_pairs
from gitops.errors import InvalidUsage

Arguments = argparse.Namespace


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: its path below the execution's, or below `/executions` for many; `body` is what httpx takes.

    `by_ids` makes the body of a request for a list of ids.
    """

    method: str
    path: str
    query: Mapping[str, object] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    by_ids: Callable[[list[str]], object] = lambda ids: ids


@dataclass(frozen=True, slots=True)
class Verb:
    """A sub-command. `many` gives None for options that only one execution can have."""

    summary: str
    done: str
    one: Callable[[Arguments], Ask]
    many: Callable[[Arguments], Ask | None]
    declare: Callable[[argparse.ArgumentParser], None] = lambda _parser: None


def _plain(summary: str, done: str, path: str) -> Verb:
    """A verb that takes nothing."""
    ask = Ask("POST", path)
    return Verb(summary, done, lambda _arguments: ask, lambda _arguments: ask)


def _declare_resume(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--task-run", metavar="ID", help="go on from this paused task run only")
    _declare_inputs(parser, "a value that the pause asks for, @FILE for a file; may be repeated")


def _resume(arguments: Arguments) -> Ask:
    return Ask("POST", "resume", {"taskRunId": arguments.task_run}, form_of(arguments.input))


def _resume_many(arguments: Arguments) -> Ask | None:
    return None if arguments.input or arguments.task_run else Ask("POST", "resume")


def _declare_review(parser: argparse.ArgumentParser) -> None:
    decision = parser.add_mutually_exclusive_group(required=True)
    decision.add_argument("--approve", dest="decision", action="store_const", const="APPROVED", help="let it go on")
    decision.add_argument("--deny", dest="decision", action="store_const", const="DENIED", help="turn it down")
    parser.add_argument("--comment", metavar="TEXT", help="why; some reviews need it")
    parser.add_argument("--task-run", metavar="ID", help="the review that is meant, when there are several")
    _declare_inputs(parser, "a value that the review asks for, @FILE for a file; may be repeated")


def _review(arguments: Arguments) -> Ask:
    query = {"decision": arguments.decision, "comment": arguments.comment, "taskRunId": arguments.task_run}
    return Ask("POST", "review", query, form_of(arguments.input))


def _declare_kill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-cascade", action="store_true", help="leave the executions alone that it called for")


def _kill(arguments: Arguments) -> Ask:
    return Ask("DELETE", "kill", {"isOnKillCascade": not arguments.no_cascade})


def _declare_restart(parser: argparse.ArgumentParser) -> None:
    _declare_revision(parser, "go on with another revision, as a new execution")


def _declare_revision(parser: argparse.ArgumentParser, help_: str) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--revision", type=int, metavar="N", help=help_)
    which.add_argument("--latest", action="store_true", help=f"{help_}: the newest one of the flow")


def _restart(arguments: Arguments) -> Ask:
    return Ask("POST", "restart", {"revision": arguments.revision})


def _revisions(arguments: Arguments) -> dict[str, object]:
    """Which revision many go on with; the newest is looked up for each."""
    return {"revision": arguments.revision, "latestRevision": arguments.latest}


def _declare_replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="task_run", metavar="TASK_RUN", help="begin at this task run (see `show`)")
    _declare_revision(parser, "run another revision of the flow")
    _declare_inputs(parser, "run with other inputs: all of them must be given; may be repeated")


def _replay(arguments: Arguments) -> Ask:
    path = "replay-with-inputs" if arguments.input else "replay"
    query = {"taskRunId": arguments.task_run, "revision": arguments.revision}
    return Ask("POST", path, query, form_of(arguments.input))


def _replay_many(arguments: Arguments) -> Ask | None:
    if arguments.task_run:
        return None
    if not arguments.input:
        return Ask("POST", "replay", _revisions(arguments))
    inputs = _texts(arguments.input)
    body = {"json": inputs}
    by_ids = partial(_with_inputs, inputs)
    return Ask("POST", "replay-with-inputs", _revisions(arguments), body, by_ids)


def _with_inputs(inputs: dict[str, str], ids: list[str]) -> object:
    return {"executionsId": ids, "inputs": inputs}


def _declare_mark(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--task-run", required=True, metavar="ID", help="the task run (see `show`)")
    _declare_end(parser, (*ENDS, "RUNNING"))


def _mark(arguments: Arguments) -> Ask:
    return Ask("POST", "state", body={"json": {"taskRunId": arguments.task_run, "state": arguments.to}})


def _declare_state(parser: argparse.ArgumentParser) -> None:
    # Only a task run can end as SKIPPED.
    _declare_end(parser, tuple(state for state in ENDS if state != "SKIPPED"))


def _declare_end(parser: argparse.ArgumentParser, states: tuple[str, ...]) -> None:
    help_ = f"the state that it ended in, one of {', '.join(states)}"
    parser.add_argument("--to", required=True, type=str.upper, choices=states, metavar="STATE", help=help_)


def _declare_unqueue(parser: argparse.ArgumentParser) -> None:
    help_ = "RUNNING (the default), or CANCELLED or FAILED to turn it away"
    states = ("RUNNING", "CANCELLED", "FAILED")
    parser.add_argument("--to", default="RUNNING", type=str.upper, choices=states, metavar="STATE", help=help_)


def _declare_label(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set", required=True, action="append", metavar="KEY:VALUE", help="the label to give; may be repeated"
    )


def _labels(arguments: Arguments) -> list[dict[str, str]]:
    labels = []
    for text in arguments.set:
        key, colon, value = text.partition(":")
        if not colon:
            raise InvalidUsage(f"--set: expected KEY:VALUE, found `{text}`")
        labels.append({"key": key, "value": value})
    return labels


def _label(arguments: Arguments) -> Ask:
    labels = _labels(arguments)
    body = {"json": labels}
    return Ask("POST", "labels", {}, body, lambda ids: {"executionsId": ids, "executionLabels": labels})


def _declare_delete(parser: argparse.ArgumentParser) -> None:
    for what in ("logs", "metrics", "files"):
        parser.add_argument(f"--keep-{what}", action="store_true", help=f"keep the {what}")


def _delete(arguments: Arguments) -> Ask:
    kept = {"Logs": arguments.keep_logs, "Metrics": arguments.keep_metrics, "Storage": arguments.keep_files}
    return Ask("DELETE", "", {f"delete{name}": not keep for name, keep in kept.items()})


def _declare_inputs(parser: argparse.ArgumentParser, help_: str) -> None:
    parser.add_argument("--input", action="append", default=[], metavar="ID=VALUE", help=help_)


def _texts(texts: list[str]) -> dict[str, str]:
    """Inputs that are no files."""
    inputs = read_pairs(texts)
    for name, value in inputs.items():
        if value.startswith("@"):
            raise InvalidUsage(f"--input {name}: a replay takes no new files, found `{value}`")
    return inputs


def form_of(texts: list[str]) -> dict[str, Any]:
    """Inputs as the parts of a form, so that a value is text and `@FILE` a file."""
    parts: dict[str, tuple[str | None, bytes]] = {}
    for name, value in read_pairs(texts).items():
        parts[name] = _file(name, value) if value.startswith("@") else (None, value.encode())
    return {"files": parts} if parts else {}


def _file(name: str, value: str) -> tuple[str, bytes]:
    file = Path(value[1:])
    if not file.is_file():
        raise InvalidUsage(f"--input {name}: expected the path of a file, found no file `{file}`")
    return file.name, file.read_bytes()


VERBS: Mapping[str, Verb] = {
    "pause": _plain("begin nothing new; what runs goes on to its end", "paused", "pause"),
    "resume": Verb("go on with what is paused", "resumed", _resume, _resume_many, _declare_resume),
    "review": Verb("approve or deny what waits for it", "reviewed", _review, lambda _: None, _declare_review),
    "kill": Verb("end executions now", "killed", _kill, _kill, _declare_kill),
    "restart": Verb(
        "run again what failed",
        "restarted",
        _restart,
        lambda arguments: Ask("POST", "restart", _revisions(arguments)),
        _declare_restart,
    ),
    "replay": Verb("run again as a new execution", "replayed", _replay, _replay_many, _declare_replay),
    "mark": Verb("say how a task run ended, and go on from there", "marked", _mark, lambda _: None, _declare_mark),
    "state": Verb(
        "say that ended executions ended otherwise",
        "changed",
        lambda arguments: Ask("POST", "change-status", {"status": arguments.to}),
        lambda arguments: Ask("POST", "change-status", {"newStatus": arguments.to}),
        _declare_state,
    ),
    "force-run": _plain("run now, whatever the executions wait for", "forced", "force-run"),
    "unqueue": Verb(
        "leave the queue, whatever the limit of the flow is",
        "unqueued",
        lambda arguments: Ask("POST", "unqueue", {"state": arguments.to}),
        lambda arguments: Ask("POST", "unqueue", {"newState": arguments.to}),
        _declare_unqueue,
    ),
    "label": Verb("add labels, or change those that are there", "labelled", _label, _label, _declare_label),
    "delete": Verb("forget executions, their logs, metrics and files", "deleted", _delete, _delete, _declare_delete),
}
