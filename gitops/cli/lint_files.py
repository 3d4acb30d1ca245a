"""The arguments of `gitops lint` that choose what is linted."""

from __future__ import annotations

import argparse
import os
import sys

from gitops.cli.flow_files import read_paths, read_revision, read_staged, read_stdin
from gitops.cli.git_files import UPSTREAM
from gitops.cli.selection import Selection
from gitops.errors import InvalidUsage

_ALONE = {
    "stdin_filename": ("paths", "changed", "watch"),
    "staged": ("changed", "watch"),
    "pushed": ("paths", "changed", "watch"),
    "rev": ("paths", "watch"),
}
"""What does not go with an option."""
_WORDS = {"paths": "paths", "changed": "--changed", "watch": "--watch"}


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
    source.add_argument(
        "--pushed", action="store_true", help="what is about to be pushed, as the pre-commit framework says it"
    )
    parser.add_argument(
        "--changed",
        nargs="?",
        const=UPSTREAM,
        metavar="REV",
        help="only what differs from where the branch left REV (default: its upstream)",
    )
    parser.add_argument("--watch", action="store_true", help="lint again whenever a file changes")
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
    for option, others in _ALONE.items():
        for other in others:
            if getattr(arguments, option) and getattr(arguments, other):
                raise InvalidUsage(f"--{option.replace('_', '-')} goes without {_WORDS[other]}")
    if arguments.stdin_filename:
        return read_stdin(arguments.stdin_filename, sys.stdin.buffer.read(), **given)
    if arguments.staged:
        return read_staged(arguments.paths, **given)
    if arguments.pushed:
        pushed, had = _pushed()
        return read_revision(pushed, changed=had, **given)
    if arguments.rev:
        return read_revision(arguments.rev, changed=changed, **given)
    return read_paths(arguments.paths, changed=changed, **given)


def _pushed() -> tuple[str, str | None]:
    """The revision that is pushed, and the one that the remote has; None when it has none of its history."""
    return os.environ.get("PRE_COMMIT_TO_REF", "HEAD"), os.environ.get("PRE_COMMIT_FROM_REF")
