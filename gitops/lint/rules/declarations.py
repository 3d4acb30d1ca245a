"""The rules as their modules declare them, found by looking into the folders; the table is written from it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from gitops.lint import rules
from gitops.lint.rule import Declared
from gitops.lint.rule_entry import Rule

FAMILIES = (
    "syntax",
    "structure",
    "references",
    "expressions",
    "triggers",
    "security",
    "git",
    "deprecation",
    "operability",
    "style",
)
"""The families, in the order in which rules run and pages list them."""

_HEAD = '''"""The table of rules, by name. Generated from the rules; `make generate` writes it anew."""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.rule_entry import Profile, Rule, Scope

RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
'''


def declarations() -> list[Declared]:
    """Every rule, by family and name."""
    return list(_declarations())


def table() -> str:
    """The text of the table's module."""
    return _HEAD + "".join(_entry(each.rule) for each in declarations()) + "    )\n}\n"


def _declarations() -> Iterator[Declared]:
    for family in FAMILIES:
        package = importlib.import_module(f"{rules.__name__}.{family}")
        for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
            declared = getattr(importlib.import_module(f"{package.__name__}.{found.name}"), found.name)
            assert isinstance(declared, Declared)  # noqa: S101 - a module of a family is a rule
            yield declared


def _entry(rule: Rule) -> str:
    """The rule as an expression, laid out as the formatter would."""
    values = (
        repr(rule.name),
        repr(rule.family),
        f"Severity.{rule.severity.name}",
        f"Profile.{rule.profile.name}",
        f"Scope.{rule.scope.name}",
        repr(rule.since),
        _tuple(rule.about),
        repr(rule.module),
    )
    lines = "".join(f"            {value},\n" for value in values).replace("'", '"')
    return f"        Rule(\n{lines}        ),\n"


def _tuple(words: tuple[str, ...]) -> str:
    line = f"({', '.join(map(repr, words))}{',' if len(words) == 1 else ''})"
    if len(line) <= 107:
        return line
    return "(\n" + "".join(f"                {word!r},\n" for word in words) + "            )"
