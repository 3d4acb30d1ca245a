"""The arguments of `gitops lint` that choose what is linted."""

from __future__ import annotations

import argparse
import sys

from gitops.cli.flow_files import read_paths, read_revision, read_staged, read_stdin
from gitops.cli.git_files import UPSTREAM
from gitops.cli.selection import Selection
from gitops.errors import InvalidUsage


def add_selection_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare them."""
    parser.add_argument("paths", nargs="*", help="folders and files (default: this folder)")
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--stdin-filename", metavar="PATH", help="read one flow from standard input, as if it were PATH"
    )
    source.add_argument("--staged", action="store_true", help="what is staged, as it would be committed")
    source.add_argument(
        "--rev", metavar="REV", help="lint the files of this revision, for instance of a bare repository"
    )
    parser.add_argument(
        "--changed",
        nargs="?",
        const=UPSTREAM,
        metavar="REV",
        help="only what differs from where the branch left REV (default: its upstream)",
    )
    parser.add_argument(
        "--base", metavar="REV", help="compare with this revision (default: HEAD, or the parent of --rev)"
    )
    parser.add_argument(
        "--root", metavar="FOLDER", help="the folder of the namespace folders (default: the repository's top)"
    )


def select(arguments: argparse.Namespace) -> Selection:
    """The files that the arguments name. Raises InvalidUsage for arguments that do not go together."""
    given = {"base": arguments.base, "root": arguments.root}
    changed = arguments.changed
    if arguments.paths and (arguments.rev or arguments.stdin_filename):
        raise InvalidUsage(f"{'--rev' if arguments.rev else '--stdin-filename'} goes without paths")
    if changed and (arguments.staged or arguments.stdin_filename):
        raise InvalidUsage(f"--changed does not go with {'--staged' if arguments.staged else '--stdin-filename'}")
    if arguments.stdin_filename:
        return read_stdin(arguments.stdin_filename, sys.stdin.buffer.read(), **given)
    if arguments.staged:
        return read_staged(arguments.paths, **given)
    if arguments.rev:
        return read_revision(arguments.rev, changed=changed, **given)
    return read_paths(arguments.paths, changed=changed, **given)
