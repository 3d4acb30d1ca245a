"""`gitops schema`: print the JSON Schema of flows, or write all schemas to a folder."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

EXAMPLE = """\
examples:
  gitops schema > flow.schema.json
  gitops schema --write schemas/
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write every schema to this folder")
    parser.add_argument("--settings", action="store_true", help="print the schema of gitops.yml instead")


def run(arguments: argparse.Namespace) -> int:
    """Print one schema or write all of them."""
    schemas = all_schemas()
    if arguments.write is None:
        sys.stdout.write(as_text(schemas["settings.schema.json" if arguments.settings else "flow.schema.json"]))
        return 0
    arguments.write.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas.items():
        (arguments.write / name).write_text(as_text(schema))
        print(f"wrote {arguments.write / name}")
    return 0


def all_schemas() -> dict[str, dict[str, object]]:
    """Every schema by the name of its file."""
    from gitops.catalog.catalogue import catalogue
    from gitops.catalog.schema import flow_schema
    from gitops.server.shapes.finding import FindingShape
    from gitops.settings import settings_schema

    return {
        "flow.schema.json": flow_schema(catalogue()),
        "settings.schema.json": settings_schema(),
        "finding.schema.json": FindingShape.model_json_schema(),
    }


def as_text(schema: dict[str, object]) -> str:
    """A schema as it is committed."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
