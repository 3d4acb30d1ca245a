"""`gitops lint`: find mistakes in flows, in files, in a folder, in a revision or on standard input."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from gitops.cli.flow_files import Selection, read_paths, read_revision, read_stdin
from gitops.errors import InvalidUsage

EXAMPLE = """\
examples:
  gitops lint                                        this folder
  gitops lint flows/company/team/hello.yml           one file
  gitops lint --stdin-filename hello.yml < hello.yml standard input
  gitops lint --base origin/main                     rules that compare with a revision
  gitops lint --rev HEAD                             a commit, without a work tree
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("paths", nargs="*", type=Path, help="folders and files (default: this folder)")
    parser.add_argument(
        "--stdin-filename", metavar="PATH", help="read one flow from standard input, as if it were PATH"
    )
    parser.add_argument(
        "--rev", metavar="REV", help="lint the files of this revision, for instance of a bare repository"
    )
    parser.add_argument(
        "--base", metavar="REV", help="compare with this revision (default: HEAD, or the parent of --rev)"
    )
    parser.add_argument(
        "--root", metavar="FOLDER", help="the folder of the namespace folders (default: the repository's top)"
    )
    parser.add_argument(
        "--dialect",
        choices=("v1", "v2"),
        default="v1",
        help="v2: what Kestra 2 does not have any more is an error (default: v1)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colours in text")


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when one is an error."""
    from gitops.lint.linter import lint
    from gitops.lint.reporters import REPORTERS
    from gitops.lint.schema.kinds import load_schema

    selection = select(arguments)
    options = selection.options._replace(dialect=arguments.dialect)
    report = lint(selection.files, schema=load_schema(), options=options)
    seen = selection.as_seen_from_here(report)
    sys.stdout.write(REPORTERS[arguments.format](seen, color=_colored(arguments.color)))
    return int(report.failed)


def select(arguments: argparse.Namespace) -> Selection:
    """The files that the arguments name."""
    given = {"base": arguments.base, "root": arguments.root}
    if arguments.stdin_filename is None:
        return read_revision(arguments.rev, **given) if arguments.rev else read_paths(arguments.paths, **given)
    if arguments.paths or arguments.rev:
        raise InvalidUsage("--stdin-filename goes with neither paths nor --rev")
    return read_stdin(arguments.stdin_filename, sys.stdin.buffer.read(), **given)


def _colored(choice: str) -> bool:
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"
