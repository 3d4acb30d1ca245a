"""`gitops schema`: print the JSON Schema of flows or of one type, or write all schemas to a folder."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

EXAMPLE = """\
examples:
  gitops schema > flow.schema.json
  gitops schema --type io.kestra.plugin.core.log.Log
  gitops schema --write schemas/
"""

_WIDTH = 120


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    wanted = parser.add_mutually_exclusive_group()
    wanted.add_argument("--write", type=Path, metavar="FOLDER", help="write every schema to this folder")
    wanted.add_argument("--settings", action="store_true", help="print the schema of gitops.yml instead")
    wanted.add_argument("--config", action="store_true", help="print the schema of .gitops.yaml instead")
    wanted.add_argument("--type", metavar="NAME", help="print the schema of one type of task, trigger, condition, …")


def run(arguments: argparse.Namespace) -> int:
    """Print one schema or write all of them."""
    if arguments.write is not None:
        _write(arguments.write)
    elif arguments.type is not None:
        sys.stdout.write(as_text(_of_type(arguments.type)))
    else:
        name = "settings" if arguments.settings else "gitops" if arguments.config else "flow"
        sys.stdout.write(as_text(all_schemas()[f"{name}.schema.json"]))
    return 0


def all_schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the path of its file."""
    from gitops.catalog.catalogue import catalogue
    from gitops.catalog.schema import flow_schema
    from gitops.catalog.type_schemas import TypeSchemas
    from gitops.lint.configuration.schema import configuration_schema
    from gitops.lint.rules.declarations import declarations
    from gitops.server.shapes.finding import FindingShape
    from gitops.settings import settings_schema

    flow = flow_schema(catalogue())
    return {
        "flow.schema.json": flow,
        "settings.schema.json": settings_schema(),
        "gitops.schema.json": configuration_schema(declarations()),
        "finding.schema.json": FindingShape.model_json_schema(),
        **{f"types/{name}": schema for name, schema in TypeSchemas(flow).files().items()},
    }


def as_text(schema: dict[str, Any]) -> str:
    """A schema as it is committed: what fits on a line stands on one."""
    return _laid_out(schema, "") + "\n"


def _laid_out(value: object, indent: str) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(text) <= _WIDTH or not isinstance(value, dict | list):
        return text
    inner = indent + " "
    if isinstance(value, list):
        return _block("[]", [_laid_out(item, inner) for item in value], indent)
    items = [f"{json.dumps(key, ensure_ascii=False)}: {_laid_out(item, inner)}" for key, item in value.items()]
    return _block("{}", items, indent)


def _block(brackets: str, items: list[str], indent: str) -> str:
    separator = f",\n{indent} "
    return f"{brackets[0]}\n{indent} {separator.join(items)}\n{indent}{brackets[1]}"


def _of_type(name: str) -> dict[str, Any]:
    from gitops.catalog.catalogue import catalogue
    from gitops.catalog.schema import flow_schema
    from gitops.catalog.type_schemas import TypeSchemas
    from gitops.errors import InvalidUsage
    from gitops.language.quoting import quote
    from gitops.lint.words import closest_type, did_you_mean

    types = TypeSchemas(flow_schema(catalogue()))
    schema = types.find(name)
    if schema is None:
        question = did_you_mean(closest_type(name, tuple(types.names())))
        raise InvalidUsage(f"there is no type {quote(name)}" + (f"; {question}" if question else ""))
    return schema


def _write(folder: Path) -> None:
    for path, schema in all_schemas().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(as_text(schema))
    print(f"wrote {len(all_schemas())} schemas to {folder}")
