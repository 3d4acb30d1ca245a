"""`make bench`: our figures beside peers and the limits of the machine, from one run, as medians and ratios.

Every figure is of the real thing: whole processes, the real service over durable SQLite, a real push.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Collection, Mapping
from statistics import median

from tests.bench.engine.at_once import at_once
from tests.bench.engine.for_each import for_each
from tests.bench.engine.idle import idle
from tests.bench.engine.parallel import parallel
from tests.bench.engine.sequential import sequential
from tests.bench.engine.subprocesses import subprocesses
from tests.bench.expressions import measure
from tests.bench.figure import HEAD
from tests.bench.language import read_many_flows
from tests.bench.linter import lint_files
from tests.bench.lsp_keystroke import answer_keystrokes
from tests.bench.service import push_to_final_status, start_to_first_page
from tests.bench.timing import report

Measures = Mapping[str, Callable[[int], None]]


def render_expressions(_rounds: int) -> None:
    """Renders of one template, beside Jinja2's sandbox."""
    for row in measure():
        report(f"{row.name}, rendered 1,000 times", 1_000 / row.ours, 1_000 / row.jinja2, "Jinja2 sandbox")


MEASURES: Measures = {
    "keystroke": answer_keystrokes,
    "language": read_many_flows,
    "expressions": render_expressions,
    "start": start_to_first_page,
    "push": push_to_final_status,
}
LINTER: Measures = {"lint": lint_files}
"""They print a table of their own."""
WORKLOADS: Measures = {
    "W1": sequential,
    "W2": at_once,
    "W3": parallel,
    "W4": subprocesses,
    "W5": idle,
    "W6": for_each,
}


def main() -> None:
    """Measure everything, or what is named, and print the tables."""
    every = [*MEASURES, *LINTER, *WORKLOADS]
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=every, default=every, help="what is measured", metavar="NAME")
    parser.add_argument("--rounds", type=int, default=7, help="how often each thing is measured")
    arguments = parser.parse_args()
    print(_machine())
    _run(f"{'what':58} {'ms':>9} {'limit ms':>9} {'ratio':>7}  limit", MEASURES, arguments.only, arguments.rounds)
    _run("", LINTER, arguments.only, arguments.rounds)
    _run(HEAD, WORKLOADS, arguments.only, arguments.rounds)
    print(_machine())


def _run(head: str, measures: Measures, wanted: Collection[str], rounds: int) -> None:
    if not measures.keys().isdisjoint(wanted):
        print(head)
    for name, act in measures.items():
        if name in wanted:
            act(rounds)


def _machine() -> str:
    """How busy the machine is: figures of two runs can be compared when these agree."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        sum(range(1_000_000))
        times.append(time.perf_counter() - began)
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {load:.1f}, a million additions take {median(times) * 1e3:.1f} ms"


if __name__ == "__main__":
    main()
