"""What is said of a type or a property that the schema does not know: where it belongs, or what was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.schema.kinds import Kinds, Schema, properties
from gitops.lint.schema.objection import Change, Objection, writing

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

_Said = tuple[str | None, Change | None]
"""Help, and the change that does what it says."""


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


def unknown_type(name: str, holder: Mapping[str, object], union: Schema, kinds: Kinds, path: Path) -> Objection:
    """The objection to a type that a union does not have; `path` is that of its holder."""
    types = tuple(kinds.leaves(union))
    every, called = words.one_of(types), _called(str(union.get("title", "")))
    said = _replacement(name) or _room(name, kinds)
    meant = None if said else words.closest_type(name, types)
    return Objection(
        "unknown-type",
        (*path, "type"),
        f"unknown {called} {quote(name)}",
        expected=every if len(every) <= _SHORT else f"one of the {len(types)} {called}s",
        found=quote(name),
        help=said or words.did_you_mean(meant),
        change=writing(meant) if meant and _fits(holder, kinds.leaf(union, meant)) else None,
    )


def _fits(holder: Mapping[str, object], leaf: Schema | None) -> bool:
    """Whether a type has all the properties that stand beside its name."""
    return leaf is not None and holder.keys() <= properties(leaf).keys()


def unknown_property(name: str, holder: Holder, kinds: Kinds) -> Objection:
    """The objection to a property that its holder does not have."""
    known = {key: schema for key, schema in properties(holder.schema).items() if not schema.get("deprecated")}
    free = [key for key in known if key not in holder.data]
    near = words.closest(name, tuple(free)) or words.closest(name, tuple(known))
    own = [key for key in free if key == near or key not in holder.common]
    said, change = (
        _foreign(name, holder) or _other_level(name, known, holder, kinds) or (words.did_you_mean(near), None)
    )
    return Objection(
        "unknown-property",
        (*holder.path, name),
        f"unknown property {quote(name)}{words.of(holder.type)}",
        key=True,
        expected=words.one_of(own or free) if free else "no other property",
        found=quote(name),
        help=said,
        change=change,
    )


def _other_level(name: str, known: Mapping[str, Schema], holder: Holder, kinds: Kinds) -> _Said | None:
    """Where the property belongs when it is one of the enclosing mapping, or of a mapping in this one."""
    if name in holder.outer:
        beside = next((index for index, step in reversed([*enumerate(holder.path)]) if isinstance(step, str)), None)
        if beside is None:
            return None
        words_ = f"{quote(name)} belongs one level up, beside {quote(str(holder.path[beside]))}"
        return words_, Change("move", to=holder.path[:beside])
    inside = next((key for key, schema in known.items() if name in properties(kinds.resolve(schema))), None)
    if inside is None or name == "type":
        return None
    return f"{quote(name)} belongs inside {quote(inside)}", Change("move", to=(*holder.path, inside))


def _foreign(name: str, holder: Holder) -> _Said | None:
    """What a property is that stands in files like a flow's."""
    said = None if holder.path else _FOREIGN.get(name)
    return None if said is None else (said, Change("delete"))


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
