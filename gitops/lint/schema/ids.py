"""The id that a part of a flow gets which has none: its type says what it does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gitops.lint.schema.objection import Change


def adding(names: Sequence[str], value: Mapping[str, object]) -> Change | None:
    """The change that adds an id, where nothing else is missing: other values have to be thought of."""
    made = _id(value.get("type")) if list(names) == ["id"] else None
    return None if made is None else Change("add", entries=(("id", made),))


def _id(kind: object) -> str | None:
    """An id made of the last word of a type: `WorkingDirectory` makes `working_directory`."""
    last = kind.rpartition(".")[2] if isinstance(kind, str) else ""
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", last).lower()
    return name if re.fullmatch(r"[a-z][a-z0-9_]*", name) else None
