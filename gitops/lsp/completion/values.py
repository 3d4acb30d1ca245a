"""Values: types, choices, and ids of what stands elsewhere in the flow or in the repository."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from lsprotocol import types

from gitops.language.plugin_defaults import NAMES
from gitops.language.position import Path
from gitops.lint.dependencies import groups
from gitops.lint.schema.kinds import Schema
from gitops.lsp.completion.calls import names
from gitops.lsp.completion.offers import Offer, Rank
from gitops.lsp.completion.snippets import Counter, needed
from gitops.lsp.completion.view import View
from gitops.lsp.sites import Site, type_pages

_CLASS = types.CompletionItemKind.Class
_CHOICE = types.CompletionItemKind.EnumMember
_HIDDEN = ("doNotSuggest", "x-unavailable")
_WITH_DEFAULTS = ("Task", "Trigger", "Condition", "TaskRunner")
"""The kinds of parts whose types may have plugin defaults."""


def values(view: View, path: Path) -> Iterator[Offer]:
    """What may be written as the value at a path."""
    holder = view.site(path[:-1])
    if path[-1:] == ("type",) and holder.unions:
        for union in holder.unions:
            yield from _types(view, union, path[:-1])
        return
    if path[:1] and path[0] in NAMES and path[2:] == ("type",):
        for room in _WITH_DEFAULTS:
            yield from (offer._replace(text=None) for offer in _types(view, view.document.kinds.definitions[room], ()))
    here = view.site(path)
    yield from _choices(here)
    yield from names(view, path)
    yield from _neighbours(view, path)
    if _is_timezone(here):
        yield from _timezones()


def _types(view: View, union: Schema, holder: Path) -> Iterator[Offer]:
    kinds = view.document.kinds
    held = view.at(holder)
    there = {*view.slot.keys, *(held if isinstance(held, dict) else ())}
    pages = dict(type_pages(union))
    for name, leaf in kinds.leaves(union).items():
        old = bool(leaf.get("deprecated"))
        if not any(leaf.get(mark) for mark in _HIDDEN):
            column = view.slot.column
            more = needed(leaf, kinds, column, Counter(), there) if not view.rest.strip() else ()
            text = f"\n{' ' * column}".join([name, *more])
            rank = Rank.OLD if old else Rank.POSSIBLE if leaf.get("x-removed") else Rank.FITTING
            yield Offer(name, text, _CLASS, str(leaf.get("title", "")), pages.get(name, ""), rank, old)


def _choices(here: Site) -> Iterator[Offer]:
    told: set[str] = set()
    for schema in (*here.written, *here.plain):
        for label, page in _of_schema(schema):
            if label not in told:
                told.add(label)
                yield Offer(label, kind=_CHOICE, page=page)


def _of_schema(schema: Schema) -> Iterator[tuple[str, str]]:
    for choice in cast("list[object]", schema.get("enum", [])):
        yield _written(choice), ""
    if "const" in schema:
        yield _written(schema["const"]), str(schema.get("markdownDescription", ""))
    if schema.get("type") == "boolean":
        yield from (("true", ""), ("false", ""))
    for snippet in cast("list[Schema]", schema.get("defaultSnippets", [])):
        if not isinstance(snippet.get("body"), dict | list):
            yield _written(snippet.get("body")), str(snippet.get("description", ""))


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _neighbours(view: View, path: Path) -> Iterator[Offer]:
    """Ids that `dependsOn` may name: those of the other tasks of a Dag, those of the other inputs."""
    if "dependsOn" not in path:
        return
    holder = path[: path.index("dependsOn")]
    for group in groups(view.subject):
        own = next((member for member in group.members if holder in (member.path, member.path[:-1])), None)
        beside = own is not None or any(member.path[: len(holder) - 1] == holder[:-1] for member in group.members)
        if beside:
            for name in group.ids:
                if own is None or name != own.id:
                    yield Offer(name, kind=types.CompletionItemKind.Reference, detail=group.what)


def _is_timezone(here: Site) -> bool:
    return any(schema.get("x-format") == "timezone" for schema in (*here.written, *here.plain))


def _timezones() -> Iterator[Offer]:
    from zoneinfo import available_timezones

    for name in sorted(available_timezones()):
        yield Offer(name, kind=_CHOICE)
