"""What an expression sees while it is evaluated: variables, the caller's functions, its own names, and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from gitops.errors import ExpressionError

Functions = Mapping[str, Callable[..., object]]
"""The functions that need the world, by their names in the language.

The package itself reads no clock, no randomness and no file, so whoever renders hands these in: `now` (called with
nothing, gives the current time as an aware datetime; formatting it is done here), `uuid`, `id`, `randomInt`, `secret`,
`kv`, `read`, `fileURI`, `fileSize`, `http`, `errorLogs`, `encrypt`, `decrypt` and so on. A function is called with the
arguments as they are written: named ones under their names in the language, such as `errorOnMissing`. It fails by
raising ExpressionError; its message reaches the user unchanged.
"""

NO_FUNCTIONS: Final[Functions] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rendering may use up."""

    steps: int = 2_000_000
    """Loop iterations, macro calls and items of ranges and of lists put into variables, together."""
    characters: int = 64 * 1024 * 1024
    """The longest text, and the longest result."""
    depth: int = 40
    """Macros and `render()` inside one another."""
    passes: int = 100
    """How often a text is rendered again before it has to stay the same."""


LIMITS: Final = Limits()


class Budget:
    """What is left of the limits of one rendering, shared with all that it renders inside."""

    __slots__ = ("depth", "limits", "steps")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = limits.steps
        self.depth = 0

    def spend(self, steps: int = 1) -> None:
        """Use up steps."""
        self.steps -= steps
        if self.steps < 0:
            raise ExpressionError(f"The template takes more than {self.limits.steps:,} steps")

    def check(self, characters: int) -> None:
        """Refuse a text that is too long."""
        if characters > self.limits.characters:
            raise ExpressionError(f"The text is longer than {self.limits.characters:,} characters")

    def enter(self) -> None:
        """Go one level deeper; `leave` comes back."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise ExpressionError("Too many rendering attempts: macros or render() call one another without end")

    def leave(self) -> None:
        """Come back from `enter`."""
        self.depth -= 1


class Again(Protocol):
    """How a value is rendered once more, from inside an expression."""

    def __call__(self, value: object, scope: Scope, *, recursive: bool) -> object:
        """The value with its expressions rendered, in the variables and the budget of the scope."""
        ...  # pragma: no cover - a protocol has no body


class Scope:
    """One rendering: read-only variables, and the names that the template binds itself."""

    __slots__ = ("again", "budget", "functions", "keeps_raw", "locals", "macros", "renders_again", "variables")

    def __init__(self, variables: Mapping[str, object], functions: Functions, budget: Budget, again: Again) -> None:
        self.variables = variables
        self.functions = functions
        self.budget = budget
        self.again = again
        self.locals: dict[str, object] = {}
        self.macros: Mapping[str, Callable[..., object]] = NO_FUNCTIONS
        self.keeps_raw = False
        self.renders_again = False

    def variable(self, name: str) -> object:
        """A variable, or None when there is none."""
        return self.locals.get(name, self.variables.get(name))
