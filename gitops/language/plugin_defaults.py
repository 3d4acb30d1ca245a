"""`pluginDefaults`: values that are merged into every part of a flow whose type they are for. Plain data, no models.

Kestra's order is kept: children before parents; an entry matches when the type equals or starts with the entry's;
the part's own values win, unless the entry is forced; of two entries the earlier one wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

NAMES = ("pluginDefaults", "taskDefaults")
"""Today's name of the property, and the old one."""

DEFAULTS = frozenset(NAMES)

Entry = Mapping[str, object]


class Types(Protocol):
    """What has to be known about types."""

    def today(self, name: str) -> str:
        """Today's name of a type that is called by an old one; any other name itself."""
        ...

    def has(self, name: str, key: str) -> bool:
        """Whether a type has a property; true of types that are not known."""
        ...


class _Untold:
    """Nothing is known about types."""

    def today(self, name: str) -> str:
        return name

    def has(self, name: str, key: str) -> bool:  # noqa: ARG002 - the protocol's signature
        return True


def with_defaults(
    data: Mapping[str, object], defaults: Sequence[Entry] = (), *, kinds: Types | None = None
) -> dict[str, object]:
    """A copy of a flow's data in which every part has its defaults; entries that make no sense are left out.

    `defaults` are the service's own entries, which come after the flow's. A property that a part's type does not
    have is not added to it: an entry may be for several types.
    """
    own = [entry for name in NAMES for entry in _listed(data.get(name))]
    entries = [entry for entry in (*own, *defaults) if isinstance(entry.get("values"), Mapping)]
    if not entries:
        return dict(data)
    merge = _Merge(entries, kinds or _Untold())
    return {name: value if name in DEFAULTS else merge.walk(value) for name, value in data.items()}


class _Merge:
    """The merging of entries into the parts of a flow."""

    def __init__(self, entries: Iterable[Entry], kinds: Types) -> None:
        self._kinds = kinds
        named = [(name, entry) for entry in entries for name in self._names(entry.get("type"))]
        self._plain = [(name, entry["values"]) for name, entry in named if entry.get("forced") is not True]
        self._forced = [(name, entry["values"]) for name, entry in reversed(named) if entry.get("forced") is True]

    def walk(self, value: object) -> object:
        """A copy of a value in which every part has its defaults."""
        if isinstance(value, list):
            return [self.walk(item) for item in value]
        if not isinstance(value, dict):
            return value
        part: object = {name: self.walk(item) for name, item in value.items()}
        for name in self._names(value.get("type")):
            for values in self._values(self._plain, name):
                part = _merged(values, part)
            for values in self._values(self._forced, name):
                part = _merged(part, values)
        return part

    def _names(self, name: object) -> Iterable[str]:
        """The name of a type and today's, when that is another."""
        return dict.fromkeys((name, self._kinds.today(name))) if isinstance(name, str) and name else ()

    def _values(self, entries: Iterable[tuple[str, object]], kind: str) -> Iterable[object]:
        for prefix, values in entries:
            if kind.startswith(prefix) and isinstance(values, Mapping):
                yield {key: item for key, item in values.items() if self._kinds.has(kind, key)}


def _merged(under: object, over: object) -> object:
    """Deep merge: mappings by key, everything else as `over` says."""
    if not isinstance(under, Mapping) or not isinstance(over, Mapping):
        return over
    return {**under, **{name: _merged(under[name], item) if name in under else item for name, item in over.items()}}


def _listed(value: object) -> list[Entry]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
