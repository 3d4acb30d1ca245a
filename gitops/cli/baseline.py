"""`gitops baseline`: write down what is found today, so that only new findings count, and keep what is written true."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from gitops.cli.configuration_files import BASELINE, as_here
from gitops.cli.flow_files import read_paths
from gitops.cli.selection import Selection
from gitops.cli.writing import write_file
from gitops.errors import InvalidUsage
from gitops.lint.baseline.comparing import entries_of
from gitops.lint.baseline.file import baseline_text
from gitops.lint.report import Entry, Report
from gitops.lint.telling.summing_up import counted

EXAMPLE = """\
examples:
  gitops baseline create          let be what is found now
  gitops baseline status --age    what is let be, and for how long it has been
  gitops baseline prune           forget what is not found any more
  gitops baseline update          forget that, and let be what is new
"""

_ACTS = {
    "create": "write the baseline: everything that is found now",
    "update": "write it anew: what is still found keeps its day, what is new is added",
    "prune": "take out what is not found any more, and add nothing",
    "status": "say what is in it, and change nothing",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    for name, summary in _ACTS.items():
        act = acts.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        act.add_argument("--root", metavar="FOLDER", help="the folder of the namespace folders")
        if name == "status":
            act.add_argument("--age", action="store_true", help="the rules, with the days of their oldest and newest")


def run(arguments: argparse.Namespace) -> int:
    """Do one of the acts; it is always about the whole repository."""
    selection = _everything(arguments.root)
    before = selection.options.baseline
    if arguments.act == "create" and before is not None:
        raise InvalidUsage(f"there is a {BASELINE} already; `gitops baseline update` writes it anew")
    if arguments.act != "create" and before is None:
        raise InvalidUsage(f"there is no {BASELINE}; `gitops baseline create` writes one")
    report = _report(selection)
    entries = before.entries if before is not None else ()
    if arguments.act == "status":
        print("\n".join(_status(report, entries, age=arguments.age)))
    elif arguments.act == "prune":
        gone = set(report.gone)
        _write(selection, [entry for entry in entries if entry not in gone])
        print(f"{len(gone)} taken out, {len(set(entries) - gone)} left")
    else:
        _renew(selection, report, entries)
    return 0


def _renew(selection: Selection, report: Report, before: Iterable[Entry]) -> None:
    """Write everything that is found now, and what could not be looked for."""
    every = sorted([*report.findings, *(known.finding for known in report.known)], key=lambda finding: finding.order)
    now = entries_of(every, before, date.today().isoformat())  # noqa: DTZ011 - the day of who asks
    unseen = {*before} - {*report.gone} - {*now} if report.baseline else set()
    found = {entry.fingerprint for entry in now}
    kept = [entry for entry in unseen if entry.fingerprint not in found]
    _write(selection, [*now, *kept])
    print(f"{len(report.findings)} added, {len(report.gone)} taken out, {len(now) + len(kept)} in {BASELINE}")


def _everything(root: str | None) -> Selection:
    """The whole work tree, without anything to compare it with: what rules about changes find is never let be."""
    from gitops.git.listing import place

    here = place(".")
    top = os.path.relpath(here.folder) if here is not None and not here.bare else "."
    selection = as_here(read_paths([top], root=root), root=root)
    files = [file._replace(base=None) for file in selection.files if file.source is not None]
    return selection._replace(files=files, options=selection.options._replace(compared=False))


def _report(selection: Selection) -> Report:
    from gitops.lint.linter import lint
    from gitops.lint.schema.shipped import load_schema

    jobs = os.cpu_count() or 1
    return lint(selection.files, schema=load_schema(), options=selection.options, jobs=jobs)


def _write(selection: Selection, entries: Iterable[Entry]) -> None:
    write_file(str(Path(selection.top) / BASELINE), baseline_text(entries).encode())


def _status(report: Report, entries: Iterable[Entry], *, age: bool) -> Iterator[str]:
    every = list(entries)
    flows = counted(len({entry.flow for entry in every}), "flow")
    yield f"{counted(len(every), 'finding')} let be in {flows}, {len(report.findings)} new"
    if report.gone:
        yield f"{len(report.gone)} not found any more; take out with `gitops baseline prune`"
    if age and every:
        yield from ("", *_ages(every, date.today()))  # noqa: DTZ011 - the day of who asks


def _ages(entries: Iterable[Entry], today: date) -> Iterator[str]:
    """The rules, the one with the oldest finding first."""
    days: dict[str, list[str]] = {}
    for entry in entries:
        days.setdefault(entry.rule, []).append(entry.first_seen)
    counts = Counter({rule: len(seen) for rule, seen in days.items()})
    width = max(len(rule) for rule in days)
    yield f"{'rule':{width}}  findings  oldest      days  newest"
    for rule, seen in sorted(days.items(), key=lambda item: (min(item[1]), item[0])):
        age = (today - date.fromisoformat(min(seen))).days
        yield f"{rule:{width}}  {counts[rule]:>8}  {min(seen)}  {age:>4}  {max(seen)}"
