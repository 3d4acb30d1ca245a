"""The report for programs."""

from __future__ import annotations

import json

from gitops.language.position import Span
from gitops.lint.finding import Finding, Related, Severity
from gitops.lint.report import Report
from gitops.lint.reporters.json_ import render

FINDING = Finding(
    "duplicate-key",
    Severity.ERROR,
    "key `a` is already used",
    "a.yml",
    Span(2, 1, 2, 2),
    help="delete one",
    related=(Related("a.yml", Span(1, 1, 1, 2), "first used here"),),
    excerpt="a: é",
)


def test_the_members_are_those_of_the_api() -> None:
    assert json.loads(render(Report((FINDING,), files=3, skipped=2), color=True)) == {
        "version": 2,
        "findings": [
            {
                "path": "a.yml",
                "line": 2,
                "column": 1,
                "endLine": 2,
                "endColumn": 2,
                "severity": "error",
                "rule": "duplicate-key",
                "message": "key `a` is already used",
                "help": "delete one",
                "excerpt": "a: é",
                "related": [{"path": "a.yml", "line": 1, "column": 1, "message": "first used here"}],
            }
        ],
        "summary": {"files": 3, "skipped": 2, "error": 1, "warning": 0, "info": 0},
    }


def test_the_text_ends_its_line() -> None:
    assert render(Report((), files=0), color=False).endswith("}\n")
