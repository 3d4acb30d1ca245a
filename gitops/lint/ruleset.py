"""The rules that there are: those of the table, and those that installed packages bring where they are asked for."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.lint.rule_entry import Rule
from gitops.lint.rules.table import RULES
from gitops.lint.source import Options


def rules_of(options: Options) -> Mapping[str, Rule]:
    """Every rule by its name."""
    if not options.packages:
        return RULES
    return RULES | {rule.name: rule for package in options.packages for rule in package.rules}
