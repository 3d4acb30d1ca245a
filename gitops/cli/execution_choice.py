"""Which executions a command is about: ids, or a filter that may hit many."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from gitops.cli.agreement import add_yes_argument
from gitops.cli.client import Client
from gitops.errors import InvalidUsage

ENDS = ("SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED", "RETRIED", "SKIPPED")
"""The states in which something has ended."""

STATES = ("CREATED", "QUEUED", "RUNNING", "PAUSED", "RESTARTED", "RETRYING", "KILLING", *ENDS)
"""All states, written here because the engine's own are slow to import."""

_ID = re.compile(r"[0-9A-Za-z]{22}")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids, or else the query of a filter."""

    ids: list[str] = field(default_factory=list)
    query: Mapping[str, object] = field(default_factory=dict)


def add_filter_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the filter's arguments; all that are given must fit."""
    parser.add_argument("--namespace", metavar="NAME", help="executions of this namespace and of those below it")
    parser.add_argument("--flow", metavar="ID", help="executions of this flow")
    help_ = f"executions in this state, one of {', '.join(STATES)}; may be repeated"
    parser.add_argument("--state", action="append", type=str.upper, choices=STATES, metavar="STATE", help=help_)
    parser.add_argument("--label", action="append", metavar="KEY:VALUE", help="executions with this label; repeatable")
    parser.add_argument("--since", metavar="TIME", help="executions created since then: 30m, 2h, 7d, or a date")


def add_choice_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare ids, the filter, and `--yes`."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="ids of executions; none with a filter")
    add_filter_arguments(parser)
    add_yes_argument(parser)


def read_filter(arguments: argparse.Namespace) -> dict[str, object]:
    """The filter as the API's query; raises InvalidUsage for a time that cannot be read."""
    given = {
        "namespace": arguments.namespace,
        "flowId": arguments.flow,
        "state": arguments.state,
        "labels": arguments.label,
        "startDate": _since(arguments.since),
    }
    return {name: value for name, value in given.items() if value is not None}


def read_chosen(arguments: argparse.Namespace) -> Chosen:
    """The ids or the filter; raises InvalidUsage when both are given, or neither."""
    query = read_filter(arguments)
    if bool(arguments.ids) == bool(query):
        raise InvalidUsage("expected the ids of executions, or else a filter such as --flow report --state FAILED")
    return Chosen(ids=checked(arguments.ids), query=query)


def checked(ids: list[str]) -> list[str]:
    """The ids, when each can be one; raises InvalidUsage, as an address that holds something else means a flow."""
    for id_ in ids:
        if not _ID.fullmatch(id_):
            raise InvalidUsage(f"expected the id of an execution, 22 letters and digits, found `{id_}`; see `list`")
    return ids


def how_many(client: Client, chosen: Chosen) -> int:
    """How many executions the filter finds."""
    return int(client.send("GET", "/executions/search", {**chosen.query, "size": 1})["total"])


def _since(text: str | None) -> str | None:
    if text is None:
        return None
    if length := re.fullmatch(r"(\d+)([smhdw])", text):
        return (datetime.now(UTC) - timedelta(**{_UNITS[length[2]]: int(length[1])})).isoformat()
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except ValueError:
        raise InvalidUsage(f"--since: expected 30m, 2h, 7d or a date such as 2026-01-31, found `{text}`") from None
