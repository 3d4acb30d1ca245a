"""What the models do not convert: in a flow the text "5" is no number and 1 is no boolean, as in its JSON Schema.

Pydantic's strict mode would also refuse lists for tuples and texts for enumerations, so single schemas are guarded.
Rendered expressions are texts, and those are converted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationInfo
from pydantic_core import CoreSchema, core_schema

RENDERED = "rendered"
"""Key of the validation context that says: expressions are rendered, read the real types now."""

_ALLOWED: Mapping[str, tuple[type, ...]] = {"bool": (bool,), "int": (int, float), "float": (int, float)}
_WORDS = {"bool": "true or false", "int": "an integer", "float": "a number"}


def guarded(schema: CoreSchema) -> CoreSchema:
    """The same schema, with a guard around every boolean and number of this model; other models have their own."""
    return _guarded(schema, inside=False)  # type: ignore[no-any-return]  # core schemas are plain mappings


def _guarded(schema: Any, *, inside: bool) -> Any:  # noqa: ANN401 - any part of a core schema
    if isinstance(schema, list):
        return [_guarded(item, inside=inside) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kind = schema.get("type")
    if kind == "model" and inside:
        return schema
    if isinstance(kind, str) and kind in _ALLOWED:
        return core_schema.with_info_before_validator_function(_GUARDS[kind], schema)
    inner = inside or kind == "model"
    return {
        key: value if key in ("metadata", "default") else _guarded(value, inside=inner) for key, value in schema.items()
    }


def _guard(kind: str) -> Any:  # noqa: ANN401 - pydantic's union of validator functions
    allowed = _ALLOWED[kind]

    def check(value: object, info: ValidationInfo) -> object:
        if (info.context or {}).get(RENDERED):
            return value
        if not isinstance(value, allowed) or (isinstance(value, bool) and kind != "bool"):
            raise ValueError(f"expected {_WORDS[kind]}")
        return value

    return check


_GUARDS = {kind: _guard(kind) for kind in _ALLOWED}
