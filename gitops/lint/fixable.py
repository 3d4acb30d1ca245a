"""Which rules can mend what they find."""

from __future__ import annotations

import importlib
import inspect

from gitops.lint.rule_entry import Rule
from gitops.lint.suppression.judging import JUDGES, MENDED

_MADE = "fix="


def fixable(rule: Rule) -> bool:
    """Whether findings of a rule may come with a fix: its module makes some."""
    if rule.name in JUDGES:
        return rule.name in MENDED
    return _MADE in inspect.getsource(importlib.import_module(rule.module))
