"""Labels in both of their forms, a map or a list of key and value, read into one."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema, field_validator

from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr

_AUTHOR_MAY_SET = frozenset({"system.readOnly"})


class Label(Model):
    """One key with its value; labels group and filter flows and executions."""

    key: str
    value: TemplatedStr

    @field_validator("key")
    @classmethod
    def _not_reserved(cls, key: str) -> str:
        if key.startswith("system.") and key not in _AUTHOR_MAY_SET:
            raise ValueError(f"labels that start with `system.` are set by the service only, found `{key}`")
        return key


def _as_list(value: object) -> object:
    return [{"key": key, "value": item} for key, item in value.items()] if isinstance(value, dict) else value


_SCALAR: dict[str, Any] = {"type": ["string", "number", "boolean"]}
_KEY: dict[str, Any] = {
    "type": "string",
    "pattern": r"^(?!system\.(?!readOnly$))",
    "patternErrorMessage": "a key that does not start with `system.`; those are set by the service only",
}

Labels = Annotated[
    tuple[Label, ...],
    BeforeValidator(_as_list),
    WithJsonSchema(
        {
            "if": {"type": "object"},
            "then": {"propertyNames": _KEY, "additionalProperties": _SCALAR},
            "else": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["key", "value"],
                    "properties": {"key": _KEY, "value": _SCALAR},
                    "additionalProperties": False,
                },
            },
        }
    ),
]
