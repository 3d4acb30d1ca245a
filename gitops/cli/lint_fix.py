"""`gitops lint --fix` and `--diff`: make the fixes of findings in the files of the work tree, or show them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from gitops.errors import InvalidUsage
from gitops.lint.source import SourceFile, content

if TYPE_CHECKING:
    from gitops.cli.selection import Selection
    from gitops.lint.mending import Mending
    from gitops.lint.report import Report

Lint = Callable[["Selection"], "Report"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare them."""
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="make the safe fixes, then report what is left")
    group.add_argument("--diff", action="store_true", help="print what --fix would change, and write nothing")
    group.add_argument(
        "--unsafe", action="store_true", help="with --fix or --diff: also fixes that may change what a flow does"
    )


def asked(arguments: argparse.Namespace) -> bool:
    """Whether fixes are to be made or shown. Raises InvalidUsage for arguments that do not go together."""
    if arguments.unsafe and not (arguments.fix or arguments.diff):
        raise InvalidUsage("--unsafe goes with --fix or --diff")
    unwritable = "--staged" if arguments.staged else "--rev" if arguments.rev else None
    if arguments.fix and unwritable and not arguments.diff:
        raise InvalidUsage(
            f"--fix writes files of the work tree, and {unwritable} does not read them; fix without {unwritable}, "
            "or see the changes with --diff"
        )
    return bool(arguments.fix or arguments.diff)


def read_now(selection: Selection) -> Selection:
    """The selection with the contents as they are now, so that findings and fixes are about the same text."""
    files = [
        file if file.context or file.source is None else file._replace(source=content(file.source))
        for file in selection.files
    ]
    return selection._replace(files=files)


def run(selection: Selection, report: Report, lint: Lint, arguments: argparse.Namespace) -> Mending:
    """Make the fixes of a report: show them, print the mended text of standard input, or write the files."""
    mending = _mended(selection, report, lint, unsafe=arguments.unsafe)
    if arguments.diff:
        _show(mending, selection)
    elif arguments.stdin_filename:
        _print(mending)
    else:
        _write(mending, selection)
    _tell(mending, selection, arguments)
    return mending


def _mended(selection: Selection, report: Report, lint: Lint, *, unsafe: bool) -> Mending:
    from gitops.lint.linter import lint as lint_files
    from gitops.lint.mending import mend_files
    from gitops.lint.schema.shipped import load_schema

    schema = load_schema()
    options = selection.options._replace(complete=False)

    def together(files: Sequence[SourceFile]) -> Report:
        return lint(selection._replace(files=[*files]))

    def alone(files: Sequence[SourceFile]) -> Report:
        return lint_files(files, schema=schema, options=options)

    return mend_files(selection.files, report, together, alone, unsafe=unsafe)


def _show(mending: Mending, selection: Selection) -> None:
    """Print what would change, as a patch: to be applied it must be as it is, to be looked at it must be harmless."""
    from gitops.cli.differences import difference
    from gitops.cli.terminals import standard_output
    from gitops.lint.telling.terminal import printable

    stream = standard_output()
    before = {file.path: file for file in selection.files}
    for path, file in sorted(mending.changed.items()):
        for line in difference(selection.shown(path), _bytes(before[path]).decode(), _bytes(file).decode()):
            stream.write(f"{printable(line)}\n" if stream.isatty() else f"{line}\n")


def _print(mending: Mending) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(_bytes(mending.files[0]))


def _write(mending: Mending, selection: Selection) -> None:
    """Write the files; one that somebody has changed meanwhile stays, and ends the run."""
    from pathlib import Path

    from gitops.cli.writing import write_file

    before = {file.path: file for file in selection.files}
    for path, file in sorted(mending.changed.items()):
        place = Path(selection.top) / path
        if place.read_bytes() != _bytes(before[path]):
            raise InvalidUsage(f"{selection.shown(path)} has changed while it was linted; run again")
        write_file(str(place), _bytes(file))


def _tell(mending: Mending, selection: Selection, arguments: argparse.Namespace) -> None:
    """Say on standard error how much was done, and what was not and why."""
    from gitops.lint.telling.summing_up import counted
    from gitops.lint.telling.terminal import printable

    for finding, reason in mending.left_out:
        place = f"{selection.shown(finding.file)}:{finding.span.line}:{finding.span.column}"
        print(f"{printable(place)}: not fixed: {reason} [{finding.rule}]", file=sys.stderr)
    if not arguments.quiet:
        would = " can be" if arguments.diff else ""
        files = counted(len(mending.changed), "file")
        done = f"{mending.made}{would} fixed in {files}" if mending.made else "nothing to fix"
        print(done, file=sys.stderr)


def _bytes(file: SourceFile) -> bytes:
    return content(file.source or b"")
