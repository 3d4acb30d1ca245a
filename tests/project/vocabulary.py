"""The words of the expression language as a generated table: the linter must not import their bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gitops.engine.functions.world import world
from gitops.language.expression.builtins import FILTERS, FUNCTIONS, TESTS
from gitops.language.expression.calls import Builtin

_LONGEST = 115
_HEAD = '''\
"""The words of the expression language. Generated from its built-ins; `make generate` writes it anew."""

from __future__ import annotations

from gitops.lint.expressions.words import ANYTHING, Word
'''


def vocabulary() -> str:
    """The module `gitops/lint/expressions/vocabulary.py`."""
    others = sorted(name for name in world(lambda _: None) if name.isalnum() and name not in FUNCTIONS)
    tables = {
        "FILTERS": _entries(FILTERS),
        "FUNCTIONS": [*_entries(FUNCTIONS), *(f'"{name}": ANYTHING' for name in others)],
        "TESTS": _entries(TESTS),
    }
    return _HEAD + "".join(_table(name, entries) for name, entries in tables.items())


def _table(name: str, entries: Iterable[str]) -> str:
    lines = "".join(f"    {entry},\n" for entry in entries)
    return f"\n{name}: dict[str, Word] = {{\n{lines}}}\n"


def _entries(words: Mapping[str, Builtin]) -> Iterator[str]:
    for name, word in words.items():
        values: list[object] = [
            tuple(word.parameters),
            tuple(word.required),
            word.takes_more,
            tuple(word.synonyms.items()),
        ]
        while values and not values[-1]:
            values.pop()
        yield _laid_out(name, ", ".join(map(repr, values)).replace("'", '"'))


def _laid_out(name: str, values: str) -> str:
    """The entry as the formatter would have it."""
    line = f'"{name}": Word({values})'
    return line if len(line) <= _LONGEST else f'"{name}": Word(\n        {values}\n    )'
