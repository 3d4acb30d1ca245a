"""`gitops trigger`: list the triggers of a service, switch them off and on, unlock them, run them through the past."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from typing import Any

from gitops.cli.client import Client, add_server_argument
from gitops.cli.given_inputs import read_pairs
from gitops.errors import InvalidUsage

EXAMPLE = """\
examples:
  gitops trigger list --namespace company
  gitops trigger disable company.team nightly every_night
  gitops trigger unlock company.team nightly every_night
  gitops trigger backfill company.team nightly every_night --start 2026-01-01 --end 2026-02-01 --label reason:late
  gitops trigger backfill company.team nightly every_night --pause
"""

_PAGE = 500
_HELP = {
    "list": "list triggers with their next dates",
    "enable": "let a trigger create executions again",
    "disable": "let a trigger create no executions",
    "unlock": "let a trigger fire although its last execution still runs",
    "backfill": "run a trigger through its dates of the past, or steer such a run",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verbs."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, summary in _HELP.items():
        command = verbs.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if name == "list":
            command.add_argument("--namespace", metavar="NAME", help="triggers of this namespace and of those below it")
            command.add_argument("--flow", metavar="ID", help="triggers of this flow")
        else:
            for word in ("namespace", "flow", "trigger"):
                command.add_argument(word, metavar=word.upper())
        if name == "backfill":
            _add_backfill_arguments(command)
        add_server_argument(command)


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb says."""
    with Client(arguments.server) as client:
        _VERBS[arguments.verb](client, arguments)
    return 0


def _add_backfill_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--start", metavar="DATE", help="the first date, such as 2026-01-31 or 2026-01-31T08:00:00Z")
    what.add_argument("--pause", action="store_true", help="hold the backfill")
    what.add_argument("--unpause", action="store_true", help="let the backfill go on")
    what.add_argument("--delete", action="store_true", help="end the backfill")
    parser.add_argument("--end", metavar="DATE", help="the last date (default: now)")
    parser.add_argument("--input", action="append", default=[], metavar="ID=VALUE", help="an input; may be repeated")
    parser.add_argument("--label", action="append", default=[], metavar="KEY:VALUE", help="a label; may be repeated")


def _list(client: Client, arguments: argparse.Namespace) -> None:
    query = {"namespace": arguments.namespace, "flowId": arguments.flow, "size": _PAGE}
    found = client.send("GET", "/triggers/search", query)
    for each in found["results"]:
        _print(each["triggerContext"])
    if more := found["total"] - len(found["results"]):
        print(f"… and {more} more")


def _switch(client: Client, arguments: argparse.Namespace) -> None:
    wanted = {**_key(arguments), "disabled": arguments.verb == "disable"}
    _print(client.send("PUT", "/triggers", {}, json=wanted))


def _unlock(client: Client, arguments: argparse.Namespace) -> None:
    path = f"/triggers/{arguments.namespace}/{arguments.flow}/{arguments.trigger}/unlock"
    _print(client.send("POST", path, {}))


def _backfill(client: Client, arguments: argparse.Namespace) -> None:
    if arguments.pause or arguments.unpause:
        verb = "pause" if arguments.pause else "unpause"
        answer = client.send("PUT", f"/triggers/backfill/{verb}", {}, json=_key(arguments))
    elif arguments.delete:
        answer = client.send("POST", "/triggers/backfill/delete", {}, json=_key(arguments))
    else:
        wanted = {**_key(arguments), "backfill": _given(arguments)}
        answer = client.send("PUT", "/triggers/backfill/create", {}, json=wanted)
    _print(answer)


_VERBS: dict[str, Callable[[Client, argparse.Namespace], None]] = {
    "list": _list,
    "enable": _switch,
    "disable": _switch,
    "unlock": _unlock,
    "backfill": _backfill,
}


def _key(arguments: argparse.Namespace) -> dict[str, str]:
    return {"namespace": arguments.namespace, "flowId": arguments.flow, "triggerId": arguments.trigger}


def _given(arguments: argparse.Namespace) -> dict[str, object]:
    """The backfill as the API takes it; raises InvalidUsage."""
    labels = [text.partition(":") for text in arguments.label]
    if any(not key or not colon for key, colon, _ in labels):
        raise InvalidUsage("--label: expected KEY:VALUE")
    return {
        "start": _date("--start", arguments.start),
        **({"end": _date("--end", arguments.end)} if arguments.end else {}),
        "inputs": dict(read_pairs(arguments.input)),
        "labels": [{"key": key, "value": value} for key, _, value in labels],
    }


def _date(name: str, text: str) -> str:
    """A date as the API takes it; one without a zone is in that of this machine."""
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except ValueError:
        raise InvalidUsage(
            f"{name}: expected a date such as 2026-01-31 or 2026-01-31T08:00:00Z, found `{text}`"
        ) from None


def _print(trigger: dict[str, Any]) -> None:
    name = f"{trigger['namespace']}.{trigger['flowId']} {trigger['triggerId']}"
    print(f"{name}  {trigger['type'].rpartition('.')[2]}  {_standing(trigger)}")


def _standing(trigger: dict[str, Any]) -> str:
    """Where a trigger stands, in a few words."""
    if trigger["disabled"]:
        return "disabled in its source" if trigger["disabledInSource"] else "disabled"
    backfill = trigger.get("backfill")
    if backfill:
        words = "paused" if backfill["paused"] else "now"
        return f"backfill {words} at {backfill['currentDate']}, until {backfill['end']}"
    parts = [f"next {trigger['nextExecutionDate']}" if "nextExecutionDate" in trigger else "enabled"]
    return ", ".join([*parts, f"locked by {trigger['executionId']}"] if trigger["locked"] else parts)
