"""Types that are imported when they are first asked for: a service that runs three types need not build two hundred."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from gitops.language.model import Kind


class Places(Mapping[str, type[Kind]]):
    """Types by name, from the places of their classes, each written as `module:Class`."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places
        self._found: dict[str, type[Kind]] = {}

    def __getitem__(self, name: str) -> type[Kind]:
        if name not in self._found:
            module, _, kind = self._places[name].partition(":")
            self._found[name] = getattr(import_module(module), kind)
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
