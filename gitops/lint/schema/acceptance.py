"""What a schema accepts, in words."""

from __future__ import annotations

from gitops.language.formats import FORMATS
from gitops.lint import words
from gitops.lint.schema.kinds import Schema

_KINDS = {
    "string": "a text",
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_SCALARS = {"string", "number", "boolean"}


def accepted(schema: Schema) -> str:
    """What a schema accepts, in words."""
    found = _accepted(schema)
    return f"{found}, or an expression" if schema.get("x-templated") else found


def _accepted(schema: Schema) -> str:
    if "x-templated" in schema and isinstance(schema.get("else"), dict):
        return _accepted(schema["else"])  # type: ignore[arg-type]  # checked in the line above
    choices = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if isinstance(choices, list):
        return words.one_of([str(choice) for choice in choices])
    given = schema.get("patternErrorMessage") or schema.get("errorMessage")
    kind = FORMATS.get(str(schema.get("x-format")))
    return str(given) if given else kind.words if kind else _kinds(schema.get("type"))


def _kinds(types: object) -> str:
    names = [types] if isinstance(types, str) else list(types) if isinstance(types, list) else []
    if set(names) >= _SCALARS:
        names = [name for name in names if name not in _SCALARS - {"string"}]
    return " or ".join(_KINDS[name] for name in names) or "a value"
