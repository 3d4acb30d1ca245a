"""What is said of a type or a property that the schema does not know: where it belongs, or what was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.schema.kinds import Kinds, Schema, properties
from gitops.lint.schema.objection import Objection

_SHORT = 120
_PLACES = {
    "Task": "a list of tasks",
    "Trigger": "`triggers`",
    "Condition": "`conditions`",
    "TaskRunner": "`taskRunner`",
}
_SCRIPTS = {
    "io.kestra.core.tasks.scripts.Bash": "shell",
    "io.kestra.core.tasks.scripts.Node": "node",
    "io.kestra.core.tasks.scripts.Python": "python",
}
"""Types that were replaced by types with other properties: the group that does their work today."""

_FOREIGN = {"extend": "it describes a blueprint and is no part of the flow: delete it"}


class Holder(NamedTuple):
    """The mapping that has an unknown property: its data, schema and path, and the properties one level up.

    `type` and `common` are those of its union, where it is in one.
    """

    data: Mapping[str, object]
    schema: Schema
    path: Path
    outer: Mapping[str, Schema]
    type: str | None
    common: frozenset[str]


def unknown_type(name: str, union: Schema, kinds: Kinds, path: Path) -> Objection:
    """The objection to a type that a union does not have; `path` is that of its holder."""
    types = tuple(kinds.leaves(union))
    every, called = words.one_of(types), _called(str(union.get("title", "")))
    return Objection(
        "unknown-type",
        (*path, "type"),
        f"unknown {called} {quote(name)}",
        expected=every if len(every) <= _SHORT else f"one of the {len(types)} {called}s",
        found=quote(name),
        help=_replacement(name) or _room(name, kinds) or words.did_you_mean(words.closest_type(name, types)),
    )


def unknown_property(name: str, holder: Holder, kinds: Kinds) -> Objection:
    """The objection to a property that its holder does not have."""
    known = {key: schema for key, schema in properties(holder.schema).items() if not schema.get("deprecated")}
    free = [key for key in known if key not in holder.data]
    near = words.closest(name, tuple(free)) or words.closest(name, tuple(known))
    own = [key for key in free if key == near or key not in holder.common]
    return Objection(
        "unknown-property",
        (*holder.path, name),
        f"unknown property {quote(name)}{words.of(holder.type)}",
        key=True,
        expected=words.one_of(own or free) if free else "no other property",
        found=quote(name),
        help=_foreign(name, holder) or _other_level(name, known, holder, kinds) or words.did_you_mean(near),
    )


def _other_level(name: str, known: Mapping[str, Schema], holder: Holder, kinds: Kinds) -> str | None:
    """Where the property belongs when it is one of the enclosing mapping, or of a mapping in this one."""
    if name in holder.outer:
        beside = next((step for step in reversed(holder.path) if isinstance(step, str)), None)
        return f"{quote(name)} belongs one level up, beside {quote(beside)}" if beside else None
    inside = next((key for key, schema in known.items() if name in properties(kinds.resolve(schema))), None)
    return f"{quote(name)} belongs inside {quote(inside)}" if inside and name != "type" else None


def _foreign(name: str, holder: Holder) -> str | None:
    """What a property is that stands in files like a flow's."""
    return _FOREIGN.get(name) if not holder.path else None


def _replacement(name: str) -> str | None:
    group = _SCRIPTS.get(name)
    if group is None:
        return None
    types = words.listing(f"io.kestra.plugin.scripts.{group}.{kind}" for kind in ("Script", "Commands"))
    return f"its work is done by {types} today; their properties are other ones"


def _room(name: str, kinds: Kinds) -> str | None:
    """Where a type belongs that is known, and not here."""
    known = kinds.find(name)
    place = _PLACES.get(known.room) if known else None
    return f"it is a {_called(known.room)} and belongs in {place}" if known and place else None


def _called(title: str) -> str:
    """What the types of a union are called: `TaskRunner` is read as `task runner type`."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in title).strip()
    return f"{spaced} type".strip()
