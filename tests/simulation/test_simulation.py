"""Simulated worlds: the seeds that found something once, and some that nobody has tried."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import time_ns

import pytest

from tests.simulation.simulate import Simulator, simulator

FRESH = 40
_SEEDS = Path(__file__).with_name("seeds.txt")


def known_seeds() -> list[int]:
    """The numbers at the beginning of the lines."""
    lines = _SEEDS.read_text().splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with simulator(tmp_path_factory.mktemp("simulation")) as runs:
        yield runs


@pytest.mark.parametrize("seed", known_seeds())
def test_what_a_seed_found_is_mended(runs: Simulator, seed: int) -> None:
    require_nothing_found(runs, seed)


def test_fresh_seeds_find_nothing(runs: Simulator) -> None:
    first = time_ns() % 1_000_000_000
    for seed in range(first, first + FRESH):
        require_nothing_found(runs, seed)


def test_a_seed_tells_the_same_story_twice(runs: Simulator) -> None:
    first, second = runs.run(7), runs.run(7)
    assert first.story == second.story
    assert len(first.story) > 20


def require_nothing_found(runs: Simulator, seed: int) -> None:
    """A failure names the seed: `python -m tests.simulation --runs 1 --story --seed SEED` tells its story."""
    outcome = runs.run(seed)
    assert outcome.problem is None, f"seed {seed}: {outcome.problem}\n" + "\n".join(outcome.story[-30:])
