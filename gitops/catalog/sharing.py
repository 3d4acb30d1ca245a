"""What many types have alike is written once: a property of several types becomes a definition that they refer to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from gitops.catalog.snippets import needed_properties

Schema = dict[str, Any]

_MARKS = ("deprecated", "deprecationMessage", "doNotSuggest", "x-removed", "x-advice", "x-unavailable", "x-only")
"""What stays beside a reference, so that a property can be judged without following it. The same holds for the
description of a property that must be there: it is said when it is missing."""

_ENOUGH_TYPES = 3
_SHORT = 60
"""What is no longer than this is not worth a reference."""


def share(room: str, leaves: Mapping[str, Schema], *, prefix: str) -> Schema:
    """Replace, in place, what several types of a room have alike by references; return what they refer to."""
    texts = {
        (key, name): json.dumps(schema, sort_keys=True)
        for key, leaf in leaves.items()
        for name, schema in leaf["properties"].items()
        if name != "type"
    }
    usual = _usual(Counter((name, text) for (_, name), text in texts.items()))
    shared: Schema = {}
    for (key, name), text in texts.items():
        if usual.get(name) == text:
            place, properties = f"{room}.{name}", leaves[key]["properties"]
            kept = (*_MARKS, "description") if name in needed_properties(leaves[key]) else _MARKS
            shared[place] = properties[name]
            properties[name] = {"$ref": prefix + place, **{k: v for k, v in properties[name].items() if k in kept}}
    return shared


def _usual(counts: Counter[tuple[str, str]]) -> dict[str, str]:
    """The form that most types give a property, by its name; none for what is short or rare."""
    usual: dict[str, str] = {}
    for (name, text), count in counts.most_common():
        if count >= _ENOUGH_TYPES and len(text) > _SHORT:
            usual.setdefault(name, text)
    return usual
