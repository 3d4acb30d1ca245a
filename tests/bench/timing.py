"""How the benchmarks measure, and the line that they print."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median


def report(what: str, ours: float, limit: float, of: str) -> None:
    """One line of the table; seconds in, milliseconds out."""
    print(f"{what:58} {ours * 1e3:9.1f} {limit * 1e3:9.1f} {ours / limit:6.1f}x  {of}", flush=True)


def python_start() -> None:
    """The cheapest Python process."""
    subprocess.run([sys.executable, "-c", "pass"], check=True)


def time_of(rounds: int, act: Callable[[], object]) -> float:
    """The median of several runs, after one that does not count."""
    act()
    return median(_timed(act) for _ in range(rounds))


def alternating(rounds: int, first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The medians of two things run in turn, so that a change of the machine's speed meets both."""
    first(), second()
    pairs = [(_timed(first), _timed(second)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
