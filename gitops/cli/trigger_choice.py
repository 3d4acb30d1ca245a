"""Which triggers a command is about: one by its three names, or a filter that may hit many."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, field

from gitops.cli.agreement import add_yes_argument
from gitops.errors import InvalidUsage

_NAMES = ("namespace", "flowId", "triggerId")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The names of one trigger as the API takes them, or else the query of a filter."""

    key: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, object] = field(default_factory=dict)


def add_name_argument(parser: argparse.ArgumentParser, *, or_none: str = "") -> None:
    """Declare the names of one trigger."""
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"namespace, flow and id of the trigger{or_none}")


def add_filter_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the filter's arguments; all that are given must fit."""
    parser.add_argument("--namespace", metavar="NAME", help="triggers of this namespace and of those below it")
    parser.add_argument("--flow", metavar="ID", help="triggers of this flow")
    parser.add_argument("--query", metavar="TEXT", help="triggers with this in the name of their flow or in their own")


def add_choice_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the names, the filter, and `--yes`."""
    add_name_argument(parser, or_none="; none with a filter")
    add_filter_arguments(parser)
    add_yes_argument(parser)


def read_filter(arguments: argparse.Namespace) -> dict[str, object]:
    """The filter as the API's query."""
    given = {"namespace": arguments.namespace, "flowId": arguments.flow, "q": arguments.query}
    return {name: value for name, value in given.items() if value is not None}


def read_key(arguments: argparse.Namespace) -> dict[str, str]:
    """The names of one trigger; raises InvalidUsage when they are not three."""
    if len(arguments.names) != len(_NAMES):
        found = " ".join(arguments.names) or "nothing"
        raise InvalidUsage(f"expected NAMESPACE FLOW TRIGGER, such as company.team nightly every_night, found {found}")
    return dict(zip(_NAMES, arguments.names, strict=True))


def read_chosen(arguments: argparse.Namespace) -> Chosen:
    """The names or the filter; raises InvalidUsage when both are given, or neither."""
    query = read_filter(arguments)
    if bool(arguments.names) == bool(query):
        raise InvalidUsage("expected NAMESPACE FLOW TRIGGER, or else a filter such as --namespace company")
    return Chosen(query=query) if query else Chosen(key=read_key(arguments))
