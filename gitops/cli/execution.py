"""`gitops execution`: create, list, show, follow and steer the executions of a service."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from gitops.cli.agreement import agreed, counted
from gitops.cli.client import Client, SomeRefused, add_server_argument
from gitops.cli.execution_choice import (
    Chosen,
    add_choice_arguments,
    add_filter_arguments,
    checked,
    how_many,
    read_chosen,
    read_filter,
)
from gitops.cli.execution_create import add_create_arguments, create
from gitops.cli.execution_logs import add_log_arguments, print_logs
from gitops.cli.execution_text import print_execution, print_whole
from gitops.cli.execution_verbs import VERBS, Ask, Verb
from gitops.cli.known_inputs import check_inputs
from gitops.errors import InvalidUsage

EXAMPLE = """\
examples:
  gitops execution create company.team report --input day=2026-01-31 --follow
  gitops execution logs 3vKcCJ7OBXfRKqqUVnWsFZ --level warn
  gitops execution list --namespace company --state FAILED --since 7d
  gitops execution show 3vKcCJ7OBXfRKqqUVnWsFZ
  gitops execution resume 3vKcCJ7OBXfRKqqUVnWsFZ --input reason="looks good"
  gitops execution review 3vKcCJ7OBXfRKqqUVnWsFZ --deny --comment "not before Monday"
  gitops execution restart --flow nightly --state FAILED --since 12h --yes
  gitops execution replay 3vKcCJ7OBXfRKqqUVnWsFZ --from 7W2xEVt0VbVYGCkFzM4NPr
"""

_PAGE = 500
_NARROWER = "a filter takes all that it finds; add --state to take only those that allow it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verbs."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="list executions, newest first")
    add_filter_arguments(listing)
    listing.add_argument("-n", "--count", type=int, default=25, metavar="N", help="how many at most (default: 25)")
    showing = verbs.add_parser("show", help="show executions with their task runs")
    showing.add_argument("ids", nargs="+", metavar="ID", help="ids of executions")
    add_create_arguments(verbs.add_parser("create", help="create an execution of a flow"))
    add_log_arguments(verbs.add_parser("logs", help="print the log of an execution, and follow it if wished"))
    for name, verb in VERBS.items():
        description = verb.summary[0].upper() + verb.summary[1:] + "."
        command = verbs.add_parser(name, help=verb.summary, description=description)
        add_choice_arguments(command)
        verb.declare(command)
    for command in verbs.choices.values():
        add_server_argument(command)


def run(arguments: argparse.Namespace) -> int:
    """Do what the verb says; 1 when there was nothing to do it to, or when what was followed went wrong."""
    with Client(arguments.server) as client:
        if arguments.verb == "list":
            return _list(client, arguments)
        if arguments.verb == "show":
            return _show(client, arguments)
        if arguments.verb == "create":
            return create(client, arguments)
        if arguments.verb == "logs":
            return print_logs(client, arguments)
        return _act(client, VERBS[arguments.verb], arguments)


def _list(client: Client, arguments: argparse.Namespace) -> int:
    if arguments.count < 1:
        raise InvalidUsage(f"--count: expected at least 1, found {arguments.count}")
    query = {**read_filter(arguments), "size": min(arguments.count, _PAGE)}
    left, page, found = arguments.count, 0, {"results": [{}], "total": 0}
    while left > 0 and found["results"]:
        page += 1
        found = client.send("GET", "/executions/search", {**query, "page": page})
        for execution in found["results"][:left]:
            print_execution(execution)
        left -= len(found["results"])
    if (more := found["total"] - arguments.count) > 0:
        print(f"… and {more} more")
    return 0


def _show(client: Client, arguments: argparse.Namespace) -> int:
    for id_ in checked(arguments.ids):
        print_whole(client.get(f"/executions/{id_}", taskRuns="false"), _task_runs(client, id_))
    return 0


def _task_runs(client: Client, execution_id: str) -> Iterator[dict[str, Any]]:
    """All task runs, a page at a time."""
    page, seen, total = 0, 0, 1
    while seen < total:
        page += 1
        found = client.get(f"/executions/{execution_id}/task-runs", page=page, size=_PAGE)
        yield from found["results"]
        seen, total = seen + len(found["results"]), found["total"] if found["results"] else 0


def _act(client: Client, verb: Verb, arguments: argparse.Namespace) -> int:
    chosen, many = read_chosen(arguments), verb.many(arguments)
    if len(chosen.ids) == 1:
        if getattr(arguments, "latest", False):
            arguments.revision = _newest_revision(client, chosen.ids[0])
        ask = verb.one(arguments)
        check_inputs(client, chosen.ids[0], arguments)
        _act_on_one(client, verb, chosen.ids[0], ask=ask)
        return 0
    if many is None:
        found = counted(len(chosen.ids), "id") if chosen.ids else "a filter"
        raise InvalidUsage(f"{arguments.verb}: with these options, expected the id of one execution, found {found}")
    if not (chosen.ids or agreed(how_many(client, chosen), "execution", arguments)):
        return 1
    print(f"{verb.done} {counted(_act_on_many(client, chosen, many), 'execution')}")
    return 0


def _newest_revision(client: Client, execution_id: str) -> int:
    execution = client.get(f"/executions/{execution_id}", taskRuns="false")
    return int(client.get(f"/flows/{execution['namespace']}/{execution['flowId']}")["revision"])


def _act_on_one(client: Client, verb: Verb, execution_id: str, *, ask: Ask) -> None:
    path = f"/executions/{execution_id}" + (f"/{ask.path}" if ask.path else "")
    answer = client.send(ask.method, path, ask.query, **ask.body)
    if answer is None:
        print(f"{verb.done} {execution_id}")
    else:
        print_execution(answer)


def _act_on_many(client: Client, chosen: Chosen, ask: Ask) -> int:
    path = "/executions/" + (f"{ask.path}/" if ask.path else "")
    if chosen.ids:
        return int(client.send(ask.method, f"{path}by-ids", ask.query, json=ask.by_ids(chosen.ids))["count"])
    try:
        return int(client.send(ask.method, f"{path}by-query", {**ask.query, **chosen.query}, **ask.body)["count"])
    except SomeRefused as error:
        raise SomeRefused(f"{error}\n{_NARROWER}") from error
