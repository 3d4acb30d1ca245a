"""`gitops execution logs`: the log of an execution of a service, and, if wished, each line as it comes."""

from __future__ import annotations

import argparse

from gitops.cli.client import Client
from gitops.cli.execution_choice import checked
from gitops.cli.execution_text import log_line, print_execution

LEVELS = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR")
"""The levels, from the quietest, written here because the engine's own are slow to import."""

_PAGE = 1_000
_GOOD = ("SUCCESS", "WARNING")


def add_log_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("ids", nargs=1, metavar="ID", help="the id of an execution")
    help_ = f"the quietest level to print, one of {', '.join(LEVELS)} (default: all)"
    parser.add_argument("--level", type=str.upper, choices=LEVELS, default=LEVELS[0], metavar="LEVEL", help=help_)
    parser.add_argument("--task", metavar="ID", help="only what this task logged")
    parser.add_argument("--follow", action="store_true", help="print what comes, until the execution has ended")


def print_logs(client: Client, arguments: argparse.Namespace) -> int:
    """Print the log; 1 when it was followed to an end that is neither SUCCESS nor WARNING."""
    (execution_id,) = checked(arguments.ids)
    wanted = {"minLevel": arguments.level, "taskId": arguments.task}
    if arguments.follow:
        return follow(client, execution_id, **wanted)
    last = 0
    while entries := client.get(f"/logs/{execution_id}", after=last, limit=_PAGE, **wanted):
        for entry in entries:
            print(log_line(entry))
        last = entries[-1]["id"]
        if len(entries) < _PAGE:
            break
    return 0


def follow(client: Client, execution_id: str, **wanted: object) -> int:
    """Print the log until the execution has ended, then how it ended."""
    for kind, entry in client.events(f"/logs/{execution_id}/follow", **wanted):
        if kind == "progress":
            print(log_line(entry), flush=True)
    execution = client.get(f"/executions/{execution_id}", taskRuns="false")
    print_execution(execution)
    return int(execution["state"]["current"] not in _GOOD)
