"""The filters, functions and tests of the expression language, as far as their names and arguments go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Word(NamedTuple):
    """A filter, function or test: the names of its arguments, those that it needs, and whether it takes more."""

    parameters: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    takes_more: bool = False
    synonyms: tuple[tuple[str, str], ...] = ()

    def objection(self, positional: int, named: Iterable[str]) -> str | None:
        """What is wrong with the arguments, as a clause; None when nothing is."""
        if positional > len(self.parameters) and not self.takes_more:
            most = f"at most {len(self.parameters)}" if self.parameters else "no"
            return f"takes {most} argument{'' if len(self.parameters) == 1 else 's'}, found {positional}"
        given, names = set(self.parameters[:positional]), dict(self.synonyms)
        for word in named:
            name = names.get(word, word)
            if name not in self.parameters and not self.takes_more:
                return f"has no argument `{word}`"
            if name in given:
                return f"is given the argument `{word}` twice"
            given.add(name)
        missing = [name for name in self.required if name not in given]
        return f"needs the argument `{missing[0]}`" if missing else None


ANYTHING = Word(takes_more=True)
"""What takes arguments that are looked at when it is called."""
