"""The reference pages of task, trigger, condition and runner types, made from the same models as the schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gitops.catalog.catalogue import Catalogue
from gitops.catalog.descriptions import example, explanation, notes, sentence
from gitops.catalog.references import DEFINITIONS, resolve
from gitops.catalog.schema import flow_schema
from gitops.catalog.tables import output_table, property_table
from gitops.language.model import Kind

Schema = Mapping[str, Any]

_ROOMS = {
    "Task": ("task", "Tasks"),
    "Trigger": ("trigger", "Triggers"),
    "Condition": ("condition", "Conditions"),
    "TaskRunner": ("task runner", "Task runners"),
}
_GENERATED = "Generated from the models; `make generate` writes it anew."


def type_pages(catalogue: Catalogue) -> dict[str, str]:
    """The page of every type by the name of its file, a page about what all of a room have, and an index."""
    definitions: Schema = flow_schema(catalogue)["definitions"]
    pages = {"README.md": _index(catalogue)}
    for room in catalogue.rooms():
        kinds = catalogue.room(room)
        common = _common([definitions[name]["properties"] for name in kinds])
        if common:
            pages[_common_page(room)] = _page_of_all(room, common, definitions[next(iter(kinds))], definitions)
        for name, kind in kinds.items():
            pages[f"{name}.md"] = _page(room, kind, common, definitions)
    return pages


def _index(catalogue: Catalogue) -> str:
    lines = ["# Types", "", _GENERATED, ""]
    for room in catalogue.rooms():
        lines += [f"## {_ROOMS[room][1]}", ""]
        group = None
        for name, kind in sorted(catalogue.room(room).items(), key=lambda item: (item[0].rpartition(".")[0], item[0])):
            if group != (group := name.rpartition(".")[0]):
                lines += [f"`{group}`", ""] if lines[-1] == "" else ["", f"`{group}`", ""]
            lines.append(f"- [{name.rpartition('.')[2]}]({name}.md): {sentence(kind)}{_short_note(kind)}")
        lines.append("")
    return "\n".join(lines)


def _short_note(kind: type[Kind]) -> str:
    words = {"deprecated": kind.DEPRECATED is not None, "not available": not kind.AVAILABLE}
    said = ", ".join(word for word, holds in words.items() if holds)
    return f" *({said})*" if said else ""


def _common(properties: list[Schema]) -> list[str]:
    """The properties that all types of a room have, where there are several types."""
    first, *others = properties
    return [name for name in first if others and all(first[name] == other.get(name) for other in others)]


def _common_page(room: str) -> str:
    return f"every-{_ROOMS[room][0].replace(' ', '-')}.md"


def _page_of_all(room: str, common: list[str], leaf: Schema, definitions: Schema) -> str:
    title = f"What every {_ROOMS[room][0]} has"
    lines = [f"# {title}", "", _GENERATED, "", *_properties(common, leaf, definitions)]
    return "\n".join(lines) + "\n"


def _page(room: str, kind: type[Kind], common: list[str], definitions: Schema) -> str:
    leaf = definitions[kind.type_name()]
    own = [name for name in leaf["properties"] if name != "type" and name not in common]
    lines = [f"# {leaf['title']}", "", f"`type: {kind.type_name()}`", "", explanation(kind), ""]
    for note in notes(kind):
        lines += [note, ""]
    if shown := example(kind):
        lines += ["## Example", "", "```yaml", shown, "```", ""]
    if own:
        lines += ["## Properties", "", *_properties(own, leaf, definitions)]
    if common:
        lines += ["", f"And [what every {_ROOMS[room][0]} has]({_common_page(room)})."]
    if outputs := leaf.get("x-outputs"):
        lines += ["", "## Outputs", "", *output_table(outputs, definitions)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _properties(names: list[str], leaf: Schema, definitions: Schema) -> list[str]:
    """The table of properties, and a table for each of them that holds properties itself."""
    lines = property_table(names, leaf, definitions)
    for name in names:
        for title, inner in _inner(name, leaf["properties"][name], definitions):
            lines += ["", f"### {title}", "", *property_table(inner["properties"], inner, definitions)]
    return lines


def _inner(name: str, schema: Schema, definitions: Schema) -> Iterator[tuple[str, Schema]]:
    """The schemas of the maps that a property holds, each with its title."""
    held = resolve(dict(schema), definitions)
    held = resolve(held.get("items") or held.get("else") or held, definitions)
    if "x-union" in held and "title" not in held:
        for kind, reference in held["x-union"].items():
            yield f"`{name}` of type `{kind}`", definitions[reference.removeprefix(DEFINITIONS)]
    elif held.get("properties") and "x-union" not in held:
        yield f"`{name}`", held
