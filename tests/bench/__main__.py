"""`make bench`: our figures beside a peer or the limit of the machine, from one run, as medians and ratios.

Every figure is of the real thing: whole processes, the real service over durable SQLite, a real push.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from tests.bench.engine.at_once import at_once
from tests.bench.engine.for_each import for_each
from tests.bench.engine.idle import idle
from tests.bench.engine.parallel import parallel
from tests.bench.engine.sequential import sequential
from tests.bench.engine.subprocesses import subprocesses
from tests.bench.expressions import measure
from tests.bench.figure import HEAD
from tests.bench.language import read_many_flows
from tests.bench.linter import lint_one_file
from tests.bench.service import in_the_service, start_to_first_page
from tests.bench.timing import report


def render_expressions(_rounds: int) -> None:
    """Renders of one template, beside Jinja2's sandbox."""
    for row in measure():
        report(f"{row.name}, rendered 1,000 times", 1_000 / row.ours, 1_000 / row.jinja2, "Jinja2 sandbox")


MEASURES = (lint_one_file, read_many_flows, render_expressions, start_to_first_page, in_the_service)
WORKLOADS = (sequential, at_once, parallel, subprocesses, idle, for_each)


def main() -> None:
    """Measure everything, or what is named, and print the table."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("measures", nargs="*", help="what is measured (default: everything)", metavar="measure")
    parser.add_argument("--rounds", type=int, default=9, help="how often each thing is measured")
    arguments = parser.parse_args()
    _run(f"{'what':58} {'ms':>9} {'limit ms':>9} {'ratio':>7}  limit", MEASURES, arguments)
    _run(HEAD, WORKLOADS, arguments)


def _run(head: str, measures: Sequence[Callable[[int], None]], arguments: argparse.Namespace) -> None:
    wanted = [each for each in measures if not arguments.measures or each.__name__ in arguments.measures]
    if wanted:
        print(head)
    for each in wanted:
        each(arguments.rounds)


if __name__ == "__main__":
    main()
