"""How fast expressions are rendered, beside Jinja2's sandbox on the same work. Nothing is printed here.

Both sides render a template that is compiled already, as both keep their templates. Rounds of the two alternate, so
that a change of the machine's speed meets both, and the medians of all rounds are compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from jinja2.sandbox import SandboxedEnvironment

from gitops.language.expression.template import compile_template

ROUNDS: Final = 9
SECONDS: Final = 0.05
"""How long one round renders, at least."""


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of template: our renders a second, Jinja2's, and how many times ours that is."""

    name: str
    ours: float
    jinja2: float

    @property
    def ratio(self) -> float:
        """Above 1 we are faster."""
        return self.ours / self.jinja2


@dataclass(frozen=True, slots=True)
class Work:
    """The same text to be made, in the words of both languages."""

    name: str
    ours: str
    jinja2: str


VARIABLES: Final[Mapping[str, object]] = {
    "inputs": {"user": {"name": "Ada"}, "name": "  ada lovelace  "},
    "items": [{"name": f"name {number}", "size": number} for number in range(100)],
}
_LOOP: Final = "{% for item in items %}- {{ item.name }}: {{ item.size }}; {% endfor %}"
WORK: Final = (
    Work(
        "a path in a sentence",
        "Hello {{ inputs.user.name }}, welcome back.",
        "Hello {{ inputs.user.name }}, welcome back.",
    ),
    Work(
        "a chain of four filters",
        "{{ inputs.name | trim | upper | replace({'A': '4'}) | lower }}",
        "{{ inputs.name | trim | upper | replace('A', '4') | lower }}",
    ),
    Work("a loop over 100 items", _LOOP, _LOOP),
)


def measure(rounds: int = ROUNDS, seconds: float = SECONDS) -> list[Row]:
    """One row for each kind of work; raises AssertionError when the two do not write the same text."""
    environment = SandboxedEnvironment()
    return [_row(work, environment, rounds, seconds=seconds) for work in WORK]


def _row(work: Work, environment: SandboxedEnvironment, rounds: int, *, seconds: float) -> Row:
    ours, theirs = compile_template(work.ours), environment.from_string(work.jinja2)
    assert ours.render(VARIABLES) == theirs.render(VARIABLES)
    pairs = [
        (_rate(lambda: ours.render(VARIABLES), seconds), _rate(lambda: theirs.render(VARIABLES), seconds))
        for _ in range(rounds)
    ]
    return Row(work.name, median(our for our, _ in pairs), median(their for _, their in pairs))


def _rate(render: Callable[[], str], seconds: float) -> float:
    """Renders a second, over a round of at least so many seconds."""
    count, batch, began = 0, 1, time.perf_counter()
    while (elapsed := time.perf_counter() - began) < seconds:
        for _ in range(batch):
            render()
        count += batch
        batch = min(batch * 2, 1000)
    return count / elapsed
