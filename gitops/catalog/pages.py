"""The reference pages of task, trigger and runner types, made from the same models as the schema."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from gitops.catalog.catalogue import Catalogue
from gitops.catalog.schema import flow_schema
from gitops.language.model import Model

Schema = Mapping[str, Any]
_DEFINITIONS = "#/definitions/"


def type_pages(catalogue: Catalogue) -> dict[str, str]:
    """The page of every type by the name of its file, and an index."""
    definitions = flow_schema(catalogue)["definitions"]
    pages = {}
    listed: list[str] = ["# Types", "", "Generated from the models; `make generate` writes it anew.", ""]
    for room in catalogue.rooms():
        listed += [f"## {room}", ""]
        for name, kind in sorted(catalogue.room(room).items()):
            pages[f"{name}.md"] = _page(name, kind, definitions)
            listed.append(f"- [{name}]({name}.md): {_sentence(kind)}")
        listed.append("")
    return {"README.md": "\n".join(listed), **pages}


def _page(name: str, kind: type[Model], definitions: Mapping[str, Schema]) -> str:
    schema = definitions[name]
    lines = [f"# {schema['title']}", "", f"`type: {name}`", "", _sentence(kind), ""]
    example = _example(kind)
    if example:
        lines += ["## Example", "", "```yaml", example, "```", ""]
    lines += ["## Properties", "", "| property | value | default | meaning |", "|---|---|---|---|"]
    required = schema.get("required", ())
    lines += list(_rows(schema["properties"], required, definitions))
    outputs = schema.get("x-outputs")
    if outputs:
        lines += ["", "## Outputs", "", "| output | value | meaning |", "|---|---|---|"]
        lines += [
            f"| `{key}` | {_kind(item, definitions)} | {item.get('description', '')} |" for key, item in outputs.items()
        ]
    return "\n".join(lines) + "\n"


def _rows(properties: Mapping[str, Schema], required: Any, definitions: Mapping[str, Schema]) -> Iterator[str]:  # noqa: ANN401 - a JSON list
    for key, item in properties.items():
        default = "required" if key in required else _default(item)
        yield f"| `{key}` | {_kind(item, definitions)} | {default} | {_meaning(item, definitions)} |"


def _meaning(item: Schema, definitions: Mapping[str, Schema]) -> str:
    """The property's own description, else that of what it holds."""
    held = definitions.get(str(item.get("$ref", "")).removeprefix(_DEFINITIONS), {})
    return str(item.get("description") or held.get("description", ""))


def _default(item: Schema) -> str:
    return f"`{item['default']}`" if "default" in item else ""


def _kind(item: Schema, definitions: Mapping[str, Schema]) -> str:
    """What a value must be, in a few words."""
    reference = str(item.get("$ref", "")).removeprefix(_DEFINITIONS)
    if reference in definitions:
        return _kind(definitions[reference], definitions)
    if "x-union" in item:
        names = " or ".join(f"`{name}`" for name in item["x-union"])
        return f"one of the {item['title']} types" if "title" in item else names
    if "else" in item and "x-templated" in item:
        return _kind(item["else"], definitions)
    if item.get("type") == "array":
        return f"list of {_kind(item.get('items', {}), definitions)}"
    choices = item.get("enum", [item["const"]] if "const" in item else [])
    return ", ".join(f"`{value}`" for value in choices) or str(item.get("x-format") or _names(item.get("type", "any")))


def _names(kind: object) -> str:
    names = kind if isinstance(kind, list) else [kind]
    return "text" if names == ["string", "number", "boolean"] else " or ".join(map(str, names))


def _sentence(kind: type[Model]) -> str:
    return (inspect.getdoc(kind) or "").partition("\n\n")[0].replace("\n", " ")


def _example(kind: type[Model]) -> str:
    module = inspect.getdoc(sys.modules[kind.__module__]) or ""
    return inspect.cleandoc(module.partition("## Example\n")[2])
