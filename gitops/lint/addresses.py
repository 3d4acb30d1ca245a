"""Where people find the page of a rule."""

from __future__ import annotations

from gitops.lint.rules.table import RULES

RULE_PAGES = "https://gitops.dev/rules/"
"""The folder of the rules' pages, beside that of the schemas."""


def page_address(rule: str) -> str | None:
    """The address of a rule's page; None for what is no rule of the table."""
    return f"{RULE_PAGES}{rule}" if rule in RULES else None
