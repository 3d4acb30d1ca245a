"""What may go wrong in one world, and how often: each seed has its own mixture, and many worlds lack some faults."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Faults:
    """Weights of what may happen in a step; the ordinary steps have weights of about 10."""

    crash: float
    half_done: float
    refusal: float
    duplicate: float
    old_news: float
    jump: float
    wish: float
    failure: float
    steps: int


def random_faults(dice: Random) -> Faults:
    """A mixture; each kind of fault is absent from many worlds."""

    def some(most: float, chance: float = 0.6) -> float:
        return dice.uniform(0, most) if dice.random() < chance else 0.0

    return Faults(
        crash=some(0.5),
        half_done=some(0.5),
        refusal=some(0.5),
        duplicate=some(2),
        old_news=some(2),
        jump=some(0.5),
        wish=some(3),
        failure=dice.choice([0.0, 0.1, 0.3, 0.6]),
        steps=dice.randint(20, 200),
    )
