"""`gitops lint`: find mistakes in flows, in files, in a folder, in a revision or on standard input."""

from __future__ import annotations

import argparse
import gc
import os
import sys

from gitops.cli.lint_files import add_selection_arguments, select
from gitops.cli.selection import Selection
from gitops.lint.report import Report

_WORTH_A_CACHE = 20
"""Fewer files are linted before a cache is read."""

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
    from gitops.lint.reporters import REPORTERS

    # What is made here lives until the end: looking for garbage would only take time.
    gc.disable()
    selection = select(arguments)
    report = _report(selection._replace(options=selection.options._replace(dialect=arguments.dialect)))
    seen = selection.as_seen_from_here(report)
    sys.stdout.write(REPORTERS[arguments.format](seen, color=_colored(arguments.color)))
    return int(report.failed)


def _report(selection: Selection) -> Report:
    from gitops.lint.linter import NOTHING_KNOWN, lint
    from gitops.lint.schema.shipped import load_schema

    files, options, top, _ = selection
    if len(files) < _WORTH_A_CACHE:
        return lint(files, schema=load_schema(), options=options, known=NOTHING_KNOWN)
    from gitops.lint.cache import Cache, cache_path

    known = Cache(cache_path(top, options))
    report = lint(files, schema=load_schema(), options=options, known=known, jobs=os.cpu_count() or 1)
    known.save()
    return report


def _colored(choice: str) -> bool:
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"
