"""What a flow asks for and this version does not do. It can be linted; deploying it would be a silent change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gitops.language.contents import parts
from gitops.language.model import Kind, Model
from gitops.language.position import Path


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A type, a property or a value that is not acted upon, at its path in the source."""

    path: Path
    words: str


def unavailable(model: Model) -> Iterator[Unavailable]:
    """Everything in a model that this version does not act upon."""
    for path, part in parts(model):
        if isinstance(part, Kind) and not part.AVAILABLE:
            yield Unavailable((*path, "type"), f"the type `{part.type}`")
        else:
            yield from _properties(path, part)


def _properties(path: Path, part: Model) -> Iterator[Unavailable]:
    fields = type(part).model_fields
    for name in fields.keys() & part.model_fields_set:
        extra = fields[name].json_schema_extra
        marks = extra if isinstance(extra, dict) else {}
        alias, value = fields[name].alias or name, getattr(part, name)
        if marks.get("x-unavailable") and value != fields[name].default:
            yield Unavailable((*path, alias), f"the property `{alias}`")
        elif value in (marks.get("x-unavailable-values") or ()):  # type: ignore[operator]  # a JSON list, by convention
            yield Unavailable((*path, alias), f"`{alias}: {value}`")
