"""What many types have alike is written once: a property of several types becomes a definition that they refer to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

_MARKS = ("deprecated", "deprecationMessage", "doNotSuggest", "x-removed", "x-unavailable", "x-unavailable-values", "x-only")
"""What stays beside the reference, so that a property can be judged without following it."""

_ENOUGH_TYPES = 3
_LENGTH_OF_A_REFERENCE = 50


def share(room: str, leaves: Mapping[str, Schema], prefix: str) -> Schema:
    """Replace, in place, the properties that several types of a room have alike; return their definitions."""
    found = Counter(text for leaf in leaves.values() for _, text in _optional(leaf))
    places = _places(room, found)
    for leaf in leaves.values():
        for name, text in list(_optional(leaf)):
            if (name, text) in places:
                leaf["properties"][name] = _reference(leaf["properties"][name], prefix + places[name, text])
    return {place: json.loads(text) for (_, text), place in sorted(places.items(), key=lambda item: item[1])}
