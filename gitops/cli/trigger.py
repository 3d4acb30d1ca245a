"""`gitops trigger`: list the triggers of a service, switch them off and on, unlock them, run them through the past."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from gitops.cli.agreement import agreed, counted
from gitops.cli.client import Client, add_server_argument
from gitops.cli.trigger_choice import (
    add_choice_arguments,
    add_filter_arguments,
    add_name_argument,
    read_chosen,
    read_filter,
    read_key,
)
from gitops.cli.trigger_text import print_trigger
from gitops.cli.trigger_verbs import VERBS, Ask, Verb
from gitops.errors import InvalidUsage

EXAMPLE = """\
examples:
  gitops trigger list --namespace company
  gitops trigger disable company.team nightly every_night
  gitops trigger disable --namespace company.team --yes
  gitops trigger unlock company.team nightly every_night
  gitops trigger backfill company.team nightly every_night --start 2026-01-01 --end 2026-02-01 --label reason:late
  gitops trigger backfill company.team nightly every_night --pause
"""

_PAGE = 500
_NOTHING: Mapping[str, object] = {}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verbs."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    add_filter_arguments(verbs.add_parser("list", help="list triggers with their next dates"))
    for name, verb in VERBS.items():
        description = verb.summary[0].upper() + verb.summary[1:] + "."
        command = verbs.add_parser(name, help=verb.summary, description=description)
        add = add_choice_arguments if verb.many else add_name_argument
        add(command)
        verb.declare(command)
    for command in verbs.choices.values():
        add_server_argument(command)


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb says; 1 when there was nothing to do it to."""
    with Client(arguments.server) as client:
        if arguments.verb == "list":
            return _list(client, arguments)
        verb = VERBS[arguments.verb]
        if verb.many is None:
            return _act_on_one(client, verb, verb.one(arguments, read_key(arguments)))
        chosen = read_chosen(arguments)
        if chosen.key:
            return _act_on_one(client, verb, verb.one(arguments, chosen.key))
        ask = verb.many(arguments)
        if ask is None:
            raise InvalidUsage(f"{arguments.verb}: with these options, expected NAMESPACE FLOW TRIGGER, found a filter")
        return _act_on_many(client, verb, ask, arguments)


def _list(client: Client, arguments: argparse.Namespace) -> int:
    found = client.send("GET", "/triggers/search", {**read_filter(arguments), "size": _PAGE})
    for each in found["results"]:
        print_trigger(each["triggerContext"])
    if more := found["total"] - len(found["results"]):
        print(f"… and {more} more")
    return 0


def _act_on_one(client: Client, verb: Verb, ask: Ask) -> int:
    answer = _send(client, ask)
    if answer is None:
        print(verb.done)
    else:
        print_trigger(answer)
    return 0


def _act_on_many(client: Client, verb: Verb, ask: Ask, arguments: argparse.Namespace) -> int:
    query = read_filter(arguments)
    found = client.send("GET", "/triggers/search", {**query, "size": 1})["total"]
    if not agreed(int(found), "trigger", arguments):
        return 1
    count = _send(client, ask, query)["count"]
    print(f"{verb.done} {counted(int(count), 'trigger')}")
    return 0


def _send(client: Client, ask: Ask, more: Mapping[str, object] = _NOTHING) -> Any:  # noqa: ANN401 - JSON
    body = {} if ask.json is None else {"json": ask.json}
    return client.send(ask.method, f"/triggers{ask.path}", {**ask.query, **more}, **body)
