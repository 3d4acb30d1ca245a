"""Where the findings go: formats to standard output and to files, several at once, and how text looks."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple, TextIO

from gitops.cli.selection import Selection
from gitops.cli.terminals import COLORS, colored, harmless, linking, read_by_host, standard_output
from gitops.errors import InvalidUsage
from gitops.git.listing import place
from gitops.lint.finding import Finding
from gitops.lint.report import Report
from gitops.lint.reporters import FORMATS, reporter
from gitops.lint.source import SourceFile, content
from gitops.lint.telling.view import Texts, View


class Destination(NamedTuple):
    """A format, and the file that it is written to; standard output when there is none."""

    format: str
    file: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare them."""
    group = parser.add_argument_group("output")
    group.add_argument(
        "--output",
        action="append",
        type=_destination,
        default=[],
        metavar="FORMAT[:FILE]",
        help=f"write findings in a format ({', '.join(FORMATS)}), to a file or to standard output; may be repeated",
    )
    group.add_argument("--format", choices=tuple(FORMATS), help="short for `--output FORMAT` (default: text)")
    group.add_argument("--statistics", action="store_true", help="how many findings there are of each rule")
    group.add_argument(
        "--show-suppressed",
        action="store_true",
        help="also what comments and the baseline let be, in text, sarif and junit (json always has it)",
    )
    group.add_argument("--color", choices=COLORS, default="auto", help="colours in text (default: auto)")
    group.add_argument("-q", "--quiet", action="store_true", help="findings only, and nothing when there are none")


def destinations(arguments: argparse.Namespace, environment: Mapping[str, str] = os.environ) -> list[Destination]:
    """What is asked for; text when nothing is, and annotations beside it where a host shows them.

    Raises InvalidUsage when two things would be written to one place.
    """
    asked: list[Destination] = [*arguments.output, *([Destination(arguments.format)] if arguments.format else [])]
    files = [destination.file and os.path.realpath(destination.file) for destination in asked]
    for destination, file in zip(asked, files, strict=True):
        if files.count(file) > 1:
            raise InvalidUsage(f"only one format can be written to {destination.file or 'standard output'}")
    if asked:
        return asked
    return [Destination("text"), Destination("github")] if environment.get("GITHUB_ACTIONS") else [Destination("text")]


def write(report: Report, selection: Selection, arguments: argparse.Namespace, stream: TextIO) -> None:
    """Write the findings everywhere they are asked for; a stream stands for standard output."""
    seen = selection.as_seen_from_here(report)
    in_git = place(selection.top) is not None
    from_top = (report, _Texts(selection))
    from_here = (seen, _Texts(selection, report, seen))
    asked = destinations(arguments)
    for destination in asked:
        shown, texts = from_top if FORMATS[destination.format].hosted and in_git else from_here
        view = _view(arguments, destination, texts, stream)
        view = view._replace(told=report, fail_on=selection.options.fail_on.severity)
        parts = reporter(destination.format)(shown, view)
        if destination.file is None:
            _print(parts, stream, text=destination.format == "text")
        else:
            from gitops.cli.writing import write_file

            write_file(destination.file, "".join(parts).encode(errors="replace"))
    if not arguments.quiet and all(destination.file for destination in asked):
        from gitops.lint.telling.summing_up import summary

        print(summary(seen), file=sys.stderr)


def show(report: Report, selection: Selection) -> None:
    """Print findings as text, for commands that lint on their way."""
    stream = standard_output()
    seen = selection.as_seen_from_here(report)
    texts = _Texts(selection, report, seen)
    view = View(color=colored("auto", stream), links=linking(stream), texts=texts)
    _print(reporter("text")(seen, view), stream, text=True)


def _destination(text: str) -> Destination:
    """An argument as it is written: `sarif:findings.sarif`."""
    name, _, file = text.partition(":")
    if name not in FORMATS:
        raise argparse.ArgumentTypeError(f"there is no format {name!r} (choose from {', '.join(FORMATS)})")
    return Destination(name, None if file in {"", "-"} else file)


def _view(arguments: argparse.Namespace, destination: Destination, texts: Texts, stream: TextIO) -> View:
    on_stream = destination.file is None
    return View(
        color=colored(arguments.color, stream) if on_stream else arguments.color == "always",
        links=on_stream and arguments.color != "never" and linking(stream),
        quiet=arguments.quiet,
        statistics=arguments.statistics,
        suppressed=arguments.show_suppressed,
        texts=texts,
    )


def _print(parts: Iterator[str], stream: TextIO, *, text: bool) -> None:
    hosted = text and read_by_host()
    stream.writelines(harmless(part) if hosted else part for part in parts)


class _Texts:
    """The texts of the files of a selection, by the names that a report gives them."""

    def __init__(self, selection: Selection, told: Report | None = None, seen: Report | None = None) -> None:
        self._selection = selection
        self._told, self._seen = told, seen
        self._read = lru_cache(maxsize=8)(self._text)

    def __call__(self, path: str) -> str | None:
        """The text of a file."""
        return self._read(path)

    def _text(self, path: str) -> str | None:
        file = self._files.get(self._names.get(path, path))
        if file is None or file.source is None:
            return None
        return content(file.source).decode(errors="replace").removeprefix("\ufeff")

    @cached_property
    def _files(self) -> dict[str, SourceFile]:
        return {file.path: file for file in self._selection.files}

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of files from the top, by how they are seen from here."""
        names: dict[str, str] = {}
        for told, seen in zip(_findings(self._told), _findings(self._seen), strict=True):
            names[seen.file] = told.file
            names |= {there.file: here.file for here, there in zip(told.related, seen.related, strict=True)}
        return names


def _findings(report: Report | None) -> Iterable[Finding]:
    return () if report is None else report.findings
