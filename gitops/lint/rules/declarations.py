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
from gitops.lint.rule_entry import Profile, Rule, Scope, module_of

_ROWS: tuple[tuple[str, str, str, str, str, str, tuple[str, ...], str], ...] = (
'''
_TAIL = """\
)

RULES: dict[str, Rule] = {
    name: Rule(
        name, family, Severity(severity), Profile(profile), Scope(scope), since, about, needs, module_of(family, name)
    )
    for name, family, severity, profile, scope, since, about, needs in _ROWS
}
"""
_LONGEST = 120


def declarations() -> list[Declared]:
    """Every rule, by family and name."""
    return list(_declarations())


def table() -> str:
    """The text of the table's module."""
    return _HEAD + "".join(_row(each.rule) for each in declarations()) + _TAIL


def _declarations() -> Iterator[Declared]:
    for family in FAMILIES:
        package = importlib.import_module(f"{rules.__name__}.{family}")
        for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
            declared = getattr(importlib.import_module(f"{package.__name__}.{found.name}"), found.name)
            assert isinstance(declared, Declared)  # noqa: S101 - a module of a family is a rule
            yield declared


def _row(rule: Rule) -> str:
    """The rule as a row, laid out as the formatter would."""
    words = (rule.name, rule.family, rule.severity.value, rule.profile.value, rule.scope.value, rule.since)
    values = [f'"{word}"' for word in words]
    about, needs = _tuple(rule.about), f'"{rule.needs}"'
    line = f"    ({', '.join((*values, about, needs))}),\n"
    if len(line) <= _LONGEST + 1:
        return line
    if len(about) > _LONGEST - len("        ,"):
        about = "(\n" + "".join(f'            "{word}",\n' for word in rule.about) + "        )"
    return "    (\n" + "".join(f"        {value},\n" for value in (*values, about, needs)) + "    ),\n"


def _tuple(words: tuple[str, ...]) -> str:
    quoted = ", ".join(f'"{word}"' for word in words)
    return f"({quoted}{',' if len(words) == 1 else ''})"
