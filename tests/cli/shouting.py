"""A rule with a fix for tests: the word `hello` is to be written large; that of `bye` is not safe."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.offsets import Offsets
from gitops.lint.rule_entry import Scope
from gitops.lint.rules.references import recursive_flow as stand_in
from gitops.lint.rules.table import RULES
from gitops.lint.subject import Subject

RULE = "recursive-flow"
"""The rule that it stands in for, because it is in the table."""


def shout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the linter find words that are not shouted."""
    monkeypatch.setattr(stand_in, "recursive_flow", stand_in.recursive_flow._replace(check=_check))
    rule = RULES[RULE]._replace(about=(), severity=Severity.WARNING, scope=Scope.FLOW)
    monkeypatch.setitem(RULES, RULE, rule)


def _check(subject: Subject) -> Iterator[Finding]:
    text = subject.document.source
    for match in re.finditer("hello|bye", text):
        span = Offsets(text).span(*match.span())
        edit = Edit(span, match[0].upper())
        line = subject.document.line(span.line)
        fix = Fix("shout", (edit,), safe=match[0] == "hello")
        yield Finding("", Severity.WARNING, f"`{match[0]}` is quiet", "", span, excerpt=line, fix=fix)
