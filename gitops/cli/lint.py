"""`gitops lint`: find mistakes in flows, in files, in a folder, in a revision or on standard input."""

from __future__ import annotations

import argparse
import os
import sys

from gitops.cli.lint_files import add_selection_arguments, select

EXAMPLE = """\
examples:
  gitops lint                                        this folder
  gitops lint flows/company/team/hello.yml           one file
  gitops lint --stdin-filename hello.yml < hello.yml standard input
  gitops lint --staged                               what would be committed
  gitops lint --changed=main                         what differs from where this branch left main
  gitops lint --base origin/main                     rules that compare with a revision
  gitops lint --rev HEAD                             a commit, without a work tree
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_selection_arguments(parser)
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


def _colored(choice: str) -> bool:
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"
