"""The JSON Schema of flows that is shipped with the linter."""

from __future__ import annotations

import marshal
import os
from typing import cast

from gitops.errors import NotFound
from gitops.lint import kept
from gitops.lint.schema.kinds import Schema

_NAME = "flow.schema.json"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def load_schema() -> Schema:
    """The schema that is shipped: from the installed package, or from the checkout that this file stands in."""
    for folder in (_PACKAGE, os.path.dirname(_PACKAGE)):
        path = os.path.join(folder, "schemas", _NAME)
        if os.path.isfile(path):
            return _load(path)
    raise NotFound(f"the schema {_NAME} is not installed; write it with `gitops schema --write schemas/`")


def _load(path: str) -> Schema:
    """The schema in a file. What was read once is kept in a form that is read three times as fast."""
    found = os.stat(path)
    copy = os.path.join(kept.home(), "schema", f"{found.st_size}-{found.st_mtime_ns}.marshal")
    known = kept.read(copy)
    if isinstance(known, dict):
        return known
    import json

    with open(path, "rb") as file:
        schema = cast("Schema", json.loads(file.read()))
    kept.write(copy, marshal.dumps(dict(schema)))
    return schema
