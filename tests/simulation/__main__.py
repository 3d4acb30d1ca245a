"""`python -m tests.simulation --runs 5000`: many worlds; each seed that finds something is printed, and replays."""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from pathlib import Path
from time import monotonic, time_ns

from tests.simulation.simulate import Outcome, simulator


def main() -> int:
    """Run seeds; 1 when one of them found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000, help="how many worlds")
    parser.add_argument("--seed", type=int, default=None, help="the first seed; one from the clock by default")
    parser.add_argument("--story", action="store_true", help="print what happened in each world that found something")
    parser.add_argument("--stop", action="store_true", help="stop at the first one")
    chosen = parser.parse_args()
    first = time_ns() % 1_000_000_000 if chosen.seed is None else chosen.seed
    began, found = monotonic(), 0
    with tempfile.TemporaryDirectory() as folder, simulator(Path(folder)) as runs:
        for seed in range(first, first + chosen.runs):
            outcome = runs.run(seed)
            if outcome.problem is not None:
                found += 1
                print(told(outcome, story=chosen.story))
                if chosen.stop:
                    break
    print(f"{chosen.runs} worlds from seed {first} in {monotonic() - began:.0f} s; {found} found something")
    return 1 if found else 0


def told(outcome: Outcome, *, story: bool) -> str:
    """What a seed has found."""
    problem = outcome.problem
    assert problem is not None
    lines = outcome.story if story else []
    cause = problem.__cause__ or (problem if not isinstance(problem, AssertionError) else None)
    trace = traceback.format_exception(cause) if cause is not None and story else []
    return "\n".join([*lines, "".join(trace), f"seed {outcome.seed}: {type(problem).__name__}: {problem}"])


if __name__ == "__main__":
    sys.exit(main())
