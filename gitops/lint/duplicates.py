"""Finding what is used twice, for the rules about ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from gitops.language.position import Path


class Identified(Protocol):
    """A part of an outline that has an id."""

    @property
    def path(self) -> Path:
        """Where it stands."""

    @property
    def id(self) -> str | None:
        """Its id."""


_I = TypeVar("_I", bound=Identified)


def repeated(items: Iterable[_I]) -> Iterator[tuple[_I, _I]]:
    """Every item whose id an earlier one has, with the first that has it."""
    first: dict[str, _I] = {}
    for item in items:
        if item.id is not None and first.setdefault(item.id, item) is not item:
            yield item, first[item.id]
