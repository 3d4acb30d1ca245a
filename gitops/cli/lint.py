"""`gitops lint`: find mistakes in flows, in files, in a folder, in a revision or on standard input."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Collection

from gitops.cli import lint_fix, lint_output, lint_rules
from gitops.cli.lint_files import add_selection_arguments, select
from gitops.cli.selection import Selection
from gitops.cli.terminals import standard_output
from gitops.lint.report import Report

_MANY, _QUICKLY_READ = 20, 500_000
"""Fewer files are linted before a cache of more bytes is read and written."""

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
    lint_rules.add_arguments(parser)
    lint_fix.add_arguments(parser)
    lint_output.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when one of them lets a run fail."""
    lint_output.destinations(arguments)
    lint_fix.asked(arguments)
    if arguments.watch:
        from gitops.cli.watching import again_and_again

        again_and_again(".", lambda: _once(arguments), _tell_changes)
        return 0
    # What is made here lives until the end: looking for garbage would only take time.
    gc.disable()
    try:
        return _once(arguments)
    finally:
        gc.enable()


def _once(arguments: argparse.Namespace) -> int:
    selection = lint_rules.configured(select(arguments), arguments)
    if arguments.show_settings:
        from gitops.cli.lint_settings import show

        return show(selection)
    fixing = lint_fix.asked(arguments)
    if fixing:
        selection = lint_fix.read_now(selection)
    report = _report(selection)
    if fixing:
        mending = lint_fix.run(selection, report, _report, arguments)
        if arguments.diff:
            return int(bool(mending.changed))
        selection, report = selection._replace(files=[*mending.files]), mending.report
    text_is_output = arguments.fix and arguments.stdin_filename
    lint_output.write(report, selection, arguments, sys.stderr if text_is_output else standard_output())
    return int(bool(report.failing(selection.options.fail_on)))


def _tell_changes(names: Collection[str]) -> None:
    print(f"\n-- {', '.join(names)} changed", flush=True)


def _report(selection: Selection) -> Report:
    from gitops.lint.cache import Cache, cache_path, size_of
    from gitops.lint.linter import NOTHING_KNOWN, lint
    from gitops.lint.schema.shipped import load_schema

    files, options = selection.files, selection.options
    path = cache_path(options)
    if len(files) < _MANY and size_of(path) > _QUICKLY_READ:
        return lint(files, schema=load_schema, options=options, known=NOTHING_KNOWN)
    known = Cache(path)
    report = lint(files, schema=load_schema, options=options, known=known, jobs=os.cpu_count() or 1)
    known.save()
    return report
