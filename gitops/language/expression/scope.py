"""What an expression sees while it is evaluated: variables, the caller's functions, its own names, and limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Protocol

from gitops.errors import ExpressionError

Functions = Mapping[str, Callable[..., object]]
"""The functions that need the world, by their names in the language.

The package itself reads no clock, no randomness and no file, so whoever renders hands these in: `now` (called with
nothing, gives the current time as an aware datetime; formatting it is done here), `uuid`, `id`, `randomInt`, `secret`,
`kv`, `read`, `fileURI`, `fileSize`, `http`, `errorLogs`, `encrypt`, `decrypt` and so on. A function is called with the
arguments as they are written; a named one such as `errorOnMissing` arrives as `error_on_missing`. It fails by raising
ExpressionError; its message reaches the user unchanged.
"""

RUN_APART: Final = "run apart"
"""The key under which the caller offers `run(request) -> answer` for what might never end: it can be stopped there.

A request is JSON: `{"jq": program, "json": text}`, answered by `results`; or `{"regex": pattern, "text": text, "most":
number}` in the words of the package `regex`, answered by `names` (of groups, with their numbers) and `matches` (start,
end and groups, the whole match first). Each answer says how many `seconds` it took. A limit that was met, or anything
that is wrong, is an ExpressionError. The key has a blank, so no template can call it.
"""

NO_FUNCTIONS: Final[Functions] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one rendering may use up."""

    steps: int = 5_000_000
    """Work: the nodes of each loop iteration and macro call, and the sizes of what built-ins read and make."""
    characters: int = 64 * 1024 * 1024
    """The longest text, and the longest result."""
    items: int = 2_000_000
    """The largest map or list, with all that is inside of it."""
    depth: int = 40
    """Macros and `render()` inside one another."""
    passes: int = 100
    """How often a text is rendered again before it has to stay the same."""
    pattern: int = 2_000
    """The longest regular expression."""


LIMITS: Final = Limits()

UNCOUNTED: Final = 256
"""Texts, maps and lists up to this size cost nothing beside the step of the built-in that works on them."""

_CHARACTERS_OF_A_STEP: Final = 32
_SLOW_CHARACTERS_OF_A_STEP: Final = 2
_ITEMS_OF_A_STEP: Final = 4
_STEPS_OF_REQUEST: Final = 1_000
_STEPS_OF_A_SECOND: Final = 1_000_000
_FLAT: Final = frozenset({int, float, bool, type(None)})


class Budget:
    """What is left of the limits of one rendering, shared with all that it renders inside."""

    __slots__ = ("depth", "limits", "sizes", "steps")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.steps = limits.steps
        self.depth = 0
        self.sizes: dict[int, tuple[object, int]] = {}

    def spend(self, steps: int = 1) -> None:
        """Use up steps."""
        self.steps -= steps
        if self.steps < 0:
            raise ExpressionError(f"The template takes more than {self.limits.steps:,} steps")

    def work_on(self, value: object) -> None:
        """Use up the steps that working on a large text, map or list once is worth."""
        if isinstance(value, str | bytes):
            self.spend(len(value) // _CHARACTERS_OF_A_STEP)
        elif isinstance(value, list | tuple | Mapping):
            self.spend(len(value) // _ITEMS_OF_A_STEP)

    def work_through(self, value: object) -> None:
        """Use up the steps that working on all that is inside of a value is worth."""
        if type(value) not in _FLAT:
            self.spend(self._known_size(value))

    def run_apart(self, functions: Functions, request: dict[str, object]) -> dict[str, Any]:
        """The answer to a request, its time paid for; raises ExpressionError, also when nobody can run it."""
        run = functions.get(RUN_APART)
        if run is None:
            raise ExpressionError("it might not end, and there is nothing here that can stop it")
        self.spend(_STEPS_OF_REQUEST)
        answer: dict[str, Any] = run(request)  # type: ignore[assignment]  # what the key stands for
        self.spend(int(answer["seconds"] * _STEPS_OF_A_SECOND))
        return answer

    def check(self, characters: int) -> None:
        """Refuse a text that is too long."""
        if characters > self.limits.characters:
            raise ExpressionError(f"The text is longer than {self.limits.characters:,} characters")

    def work_by_character(self, text: str) -> None:
        """Use up the steps that a slow walk over a text, a few words or signs at a time, is worth."""
        self.spend(len(text) // _SLOW_CHARACTERS_OF_A_STEP)

    def weigh(self, value: object) -> None:
        """Refuse a new map or list that holds too much: one that holds another many times is small until written."""
        try:
            size = self._size(value)
        except RecursionError:
            raise ExpressionError("The value is nested too deeply") from None
        if size > self.limits.items:
            raise ExpressionError(f"The value holds more than {self.limits.items:,} items")

    def enter(self) -> None:
        """Go one level deeper; `leave` comes back."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise ExpressionError("Too many rendering attempts: macros or render() call one another without end")

    def leave(self) -> None:
        """Come back from `enter`."""
        self.depth -= 1

    def _size(self, value: object) -> int:
        if isinstance(value, Mapping):
            inner = value.values()
        elif isinstance(value, list | tuple):
            inner = value  # type: ignore[assignment]  # both are iterated over
        else:
            return len(value) // _CHARACTERS_OF_A_STEP if isinstance(value, str | bytes) else 0
        self.spend(len(inner) // _ITEMS_OF_A_STEP)
        return len(inner) + sum(self._known_size(each) for each in inner if type(each) not in _FLAT)

    def _known_size(self, value: object) -> int:
        """The size of what is inside of something: values never change, so each is measured once."""
        if isinstance(value, str):
            return len(value) // _CHARACTERS_OF_A_STEP
        known = self.sizes.get(id(value))
        if known is None:
            known = self.sizes[id(value)] = (value, self._size(value))
        return known[1]


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
