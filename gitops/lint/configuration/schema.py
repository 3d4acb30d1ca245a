"""The JSON Schema of `.gitops.yaml`, made from the keys that there are and from the rules with their options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gitops.lint.addresses import page_address
from gitops.lint.configuration import keys
from gitops.lint.pages import sentence
from gitops.lint.rule import Declared
from gitops.lint.rule_entry import AnyOption

Schema = dict[str, Any]

ADDRESS = "https://gitops.dev/schemas/gitops.schema.json"
_SEVERITY = {"$ref": "#/definitions/severity"}
_TEXTS: Schema = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_SHARED: Schema = {
    keys.PROFILE: {"enum": [*map(str, keys.PROFILES)]},
    keys.DIALECT: {"enum": [*keys.DIALECTS]},
    keys.RULES: {"$ref": "#/definitions/rules"},
}
"""What is said for the repository and for some of its files alike."""
_FAIL_WORD: Schema = {"enum": [*map(str, keys.FAIL_WORDS)]}


def configuration_schema(declarations: Iterable[Declared]) -> Schema:
    """The schema, with these rules."""
    listed = sorted(declarations, key=lambda declared: declared.rule.name)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ADDRESS,
        "title": "gitops configuration",
        "description": f"How the flows of a repository are linted: `{keys.FILE}`.",
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": _described(keys.TOP, _top()),
        # Rules of packages are not known here, so that their names can only be told from mistakes without packages.
        "if": {"required": [keys.RULES_FROM]},
        "else": _known_names([declared.rule.name for declared in listed]),
        "definitions": {
            "severity": {"enum": [*map(str, keys.SEVERITIES), True, False], "description": "How bad its findings are."},
            "rules": {
                "type": ["object", "null"],
                "properties": {declared.rule.name: _rule(declared) for declared in listed},
                "additionalProperties": _rule_value({}),
            },
        },
    }


def _top() -> Schema:
    return {
        **_SHARED,
        keys.EXTENDS: _TEXTS,
        keys.ROOT: {"type": "string"},
        keys.OVERRIDES: {"type": ["array", "null"], "items": _override()},
        keys.POLICY: {
            "type": ["object", "null"],
            "additionalProperties": False,
            "properties": _described(keys.OF_POLICY, _policy()),
        },
        keys.FAIL_ON: {"anyOf": [_FAIL_WORD, {"type": "array", "items": _FAIL_WORD}]},
        keys.RULES_FROM: _TEXTS,
    }


def _override() -> Schema:
    properties = _described(keys.OF_OVERRIDE, {**_SHARED, keys.PATHS: _TEXTS})
    return {"type": "object", "required": [keys.PATHS], "additionalProperties": False, "properties": properties}


def _policy() -> Schema:
    return {
        keys.REQUIRE_REASON: {"type": "boolean"},
        keys.MAX_IGNORE_DAYS: {"type": "integer", "minimum": 1},
        keys.ALLOW_INLINE_IGNORES: {"type": "boolean"},
    }


def _described(descriptions: dict[str, str], values: Schema) -> Schema:
    """Values with their descriptions; beside a reference a draft-07 reader looks at nothing else."""
    return {
        key: {"description": words, **({"allOf": [values[key]]} if "$ref" in values[key] else values[key])}
        for key, words in descriptions.items()
    }


def _known_names(names: list[str]) -> Schema:
    rules = {keys.RULES: {"propertyNames": {"enum": names}}}
    return {"properties": {**rules, keys.OVERRIDES: {"items": {"properties": rules}}}}


def _rule(declared: Declared) -> Schema:
    rule = declared.rule
    words = f"{sentence(declared)} Family {rule.family}, {rule.severity}, profile {rule.profile}."
    address = page_address(rule.name)
    if rule.fixed:
        return {"description": f"{words} It is always an error.\n\n{address}", "type": "object", "maxProperties": 0}
    options = {option.name: _option(option) for option in declared.options}
    return {"description": f"{words}\n\n{address}", **_rule_value(options, closed=True)}


def _rule_value(options: Schema, *, closed: bool = False) -> Schema:
    closing = {"additionalProperties": False} if closed else {}
    return {"anyOf": [_SEVERITY, {"type": "object", "properties": {keys.SEVERITY: _SEVERITY, **options}, **closing}]}


def _option(option: AnyOption) -> Schema:
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    return {"description": option.description, "default": default, **_kind(option)}


def _kind(option: AnyOption) -> Schema:
    if isinstance(option.default, tuple):
        choices = [choice for several in option.choices for choice in several]
        item = {"enum": choices} if choices else {"type": "string"}
        return {"anyOf": [item, {"type": "array", "items": item}]}
    if option.choices:
        return {"enum": [*option.choices]}
    if isinstance(option.default, bool):
        return {"type": "boolean"}
    return {"type": "integer", "minimum": 0} if isinstance(option.default, int) else {"type": "string"}
