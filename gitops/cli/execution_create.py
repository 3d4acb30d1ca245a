"""`gitops execution create`: a new execution of a flow that a service has."""

from __future__ import annotations

import argparse
from datetime import datetime
from urllib.parse import quote

from gitops.cli.client import Client
from gitops.cli.execution_logs import follow
from gitops.cli.execution_text import print_execution
from gitops.cli.execution_verbs import form_of
from gitops.cli.known_inputs import check_inputs_of_flow
from gitops.errors import InvalidUsage


def add_create_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("namespace", metavar="NAMESPACE", help="the namespace of the flow")
    parser.add_argument("flow", metavar="FLOW", help="the id of the flow")
    inputs = "a value for an input, @FILE for a file; may be repeated"
    parser.add_argument("--input", action="append", default=[], metavar="ID=VALUE", help=inputs)
    parser.add_argument("--label", action="append", metavar="KEY:VALUE", help="a label; may be repeated")
    parser.add_argument("--revision", type=int, metavar="N", help="the revision of the flow (default: the newest)")
    parser.add_argument("--at", metavar="DATE", help="when it begins, such as 2026-01-31T08:00 (default: at once)")
    parser.add_argument("--follow", action="store_true", help="print its log until it has ended; 1 when it went wrong")


def create(client: Client, arguments: argparse.Namespace) -> int:
    """Create it, and follow it if wished; 1 when it was followed to an end that is neither SUCCESS nor WARNING."""
    query = {"labels": arguments.label, "revision": arguments.revision, "scheduleDate": _begin(arguments.at)}
    namespace, flow_id = quote(arguments.namespace, safe=""), quote(arguments.flow, safe="")
    check_inputs_of_flow(client, namespace, flow_id, revision=arguments.revision, inputs=arguments.input)
    made = client.send("POST", f"/executions/{namespace}/{flow_id}", query, **form_of(arguments.input))
    print_execution(made)
    return follow(client, made["id"]) if arguments.follow else 0


def _begin(text: str | None) -> str | None:
    """A date as the API takes it; one without a zone is in that of this machine."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone().isoformat()
    except ValueError:
        raise InvalidUsage(f"--at: expected a date such as 2026-01-31T08:00, found `{text}`") from None
