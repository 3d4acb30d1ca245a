"""The JSON Schema of flows, made from the models. The same file serves editors, linter and reference.

Draft 7, as editors read it. A union over types is never `anyOf` but a tree of decisions, and the same union is also
written as a table, `x-union`, for the linter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from gitops.catalog.catalogue import Catalogue
from gitops.catalog.descriptions import explanation, sentence, type_markdown
from gitops.catalog.finishing import without_usual_types
from gitops.catalog.generator import Models
from gitops.catalog.references import DEFINITIONS, reached
from gitops.catalog.sharing import share
from gitops.catalog.snippets import type_snippet
from gitops.catalog.unions import decided, one_of_the_names
from gitops.language.flow import Flow
from gitops.language.inputs.input import Input
from gitops.language.inputs.table import INPUT_TYPES
from gitops.language.model import Kind
from gitops.language.task import Task

Schema = dict[str, Any]
Room = Mapping[str, type[Kind]]

DRAFT = "http://json-schema.org/draft-07/schema#"
ID = "https://gitops.dev/schemas/flow.schema.json"


def flow_schema(catalogue: Catalogue) -> Schema:
    """The schema of a flow document. It is made once for the same types: do not change it."""
    rooms = {room: catalogue.room(room) for room in catalogue.rooms()} | {Input.ROOM: INPUT_TYPES}
    return _made(tuple((room, tuple(kinds.items())) for room, kinds in rooms.items()))


@lru_cache(maxsize=4)
def _made(rooms: tuple[tuple[str, tuple[tuple[str, type[Kind]], ...]], ...]) -> Schema:
    kinds = [kind for _, named in rooms for _, kind in named]
    models = Models([Flow, *kinds, *(kind.Output for kind in kinds if issubclass(kind, Task))])
    definitions = models.shared()
    for room, named in rooms:
        definitions |= _room(room, dict(named), models)
    root = models.take(Flow)
    return {
        "$schema": DRAFT,
        "$id": ID,
        "title": "Flow",
        **root,
        "definitions": without_usual_types(reached(root, definitions)),
    }


def _room(name: str, kinds: Room, models: Models) -> Schema:
    """The definitions of a room: its union, its types and what these have alike."""
    leaves = {each: _leaf(kind, models) for each, kind in kinds.items()}
    union = _union(name, kinds, leaves)
    shared = share(name, leaves, prefix=DEFINITIONS)
    return {**shared, name: union, **{_key(name, each): leaf for each, leaf in leaves.items()}}


def _key(room: str, name: str) -> str:
    """The name of a type's definition; input types are short words and get their room in front."""
    return name if "." in name else f"{room}.{name}"


def _leaf(kind: type[Kind], models: Models) -> Schema:
    """The definition of a type."""
    schema = models.take(kind)
    properties: Schema = schema.pop("properties")
    schema.pop("description", None)
    first = [name for name in ("id", "type") if name in properties]
    named = {**properties, "type": _type_property(kind)}
    leaf = {
        "title": kind.type_name().rpartition(".")[2],
        "markdownDescription": explanation(kind),
        **_marks(kind),
        **schema,
        "properties": {name: named[name] for name in dict.fromkeys([*first, *named])},
    }
    if issubclass(kind, Task):
        leaf["x-outputs"] = models.outputs(kind.Output)
    return leaf


def _type_property(kind: type[Kind]) -> Schema:
    """The names of the type. Editors mark this line; a mark of the whole type would be on all that encloses it."""
    names = one_of_the_names([kind.type_name(), *kind.ALIASES]) if kind.ALIASES else {"const": kind.type_name()}
    return {**names, "deprecationMessage": kind.DEPRECATED} if kind.DEPRECATED else names


def _marks(kind: type[Kind]) -> Schema:
    """What the schema says of a whole type."""
    flags = {
        "deprecated": kind.DEPRECATED is not None,
        "x-removed": kind.REMOVED,
        "x-unavailable": not kind.AVAILABLE,
        "x-timed": getattr(kind, "TIMED", False),
    }
    marks: Schema = {name: True for name, holds in flags.items() if holds}
    advice = kind.DEPRECATED or kind.REPLACEMENT
    if advice:
        marks["x-advice"] = advice
    return marks if getattr(kind, "RUNNABLE", True) else {**marks, "x-runnable": False}


def _union(room: str, kinds: Room, leaves: Mapping[str, Schema]) -> Schema:
    """The union of a room. Editors insert properties in the order of the schema: `id` comes before `type`."""
    targets = {name: DEFINITIONS + _key(room, name) for name in sorted(kinds)}
    aliases = {alias: name for name in targets for alias in kinds[name].ALIASES}
    leads = targets | {alias: targets[name] for alias, name in aliases.items()}
    common = [key for key in ("id", "type") if all(key in leaf["properties"] for leaf in leaves.values())]
    every: Schema = {"id": {"type": "string"}, "type": {"anyOf": [*_choices(kinds), *_old_choices(aliases)]}}
    return {
        "title": room,
        "type": "object",
        "required": [key for key in common if all(key in leaf.get("required", ()) for leaf in leaves.values())],
        "properties": {key: every[key] for key in common},
        **decided(leads),
        "else": {"defaultSnippets": [type_snippet(name, leaves[name]) for name in targets if _is_usual(kinds[name])]},
        "x-union": targets,
        "x-aliases": dict(sorted(aliases.items())),
    }


def _choices(kinds: Room) -> Iterator[Schema]:
    for name, kind in sorted(kinds.items()):
        title = name.rpartition(".")[2] + (" (deprecated)" if kind.DEPRECATED else "")
        yield {"const": name, "title": title, "markdownDescription": type_markdown(kind, sentence(kind))}


def _old_choices(aliases: Iterable[str]) -> list[Schema]:
    """Old names are accepted and never offered."""
    return [one_of_the_names(aliases)] if aliases else []


def _is_usual(kind: type[Kind]) -> bool:
    """Whether people should be offered the type without asking for it."""
    return kind.AVAILABLE and kind.DEPRECATED is None
