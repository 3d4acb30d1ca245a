"""Asking a person before something is done to many; a script says `--yes`."""

from __future__ import annotations

import argparse
import sys

from gitops.errors import InvalidUsage


def add_yes_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--yes`."""
    parser.add_argument("--yes", action="store_true", help="do not ask when the filter hits many")


def agreed(count: int, noun: str, arguments: argparse.Namespace) -> bool:
    """Whether the verb is to be done to as many things as the filter found. Raises InvalidUsage if nobody can be asked.

    `noun` is one of the things; the verb and `--yes` are those of the arguments.
    """
    if count == 0:
        print(f"no {noun} fits the filter")
    if count <= 1 or arguments.yes:
        return count > 0
    if not sys.stdin.isatty():
        raise InvalidUsage(f"{count} {noun}s fit the filter; give --yes to {arguments.verb} them all")
    return input(f"{arguments.verb} {count} {noun}s? [y/N] ").strip().lower() in ("y", "yes")


def counted(count: int, noun: str) -> str:
    """`1 execution`, `2 executions`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
