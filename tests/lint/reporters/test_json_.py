"""The report for programs."""

from __future__ import annotations

import json

from gitops.language.position import Span
from gitops.lint.finding import Edit, Finding, Fix, Related, Severity
from gitops.lint.fingerprint import fingerprints
from gitops.lint.report import Report
from gitops.lint.reporters.json_ import finding_object, render
from gitops.lint.telling.view import View

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


def written(report: Report, view: View = View()) -> str:  # noqa: B008 - it never changes
    return "".join(render(report, view))


def test_the_members_are_those_of_the_api() -> None:
    report = Report((FINDING,), files=3, skipped=2)
    assert json.loads(written(report)) == {
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
                "fingerprint": fingerprints([FINDING])[0],
                "related": [{"path": "a.yml", "line": 1, "column": 1, "message": "first used here"}],
            }
        ],
        "summary": {"files": 3, "skipped": 2, "error": 1, "warning": 0, "info": 0},
    }


def test_the_text_ends_its_line() -> None:
    assert written(Report((), files=0)).endswith("}\n")


def test_a_fix_has_its_edits_and_says_whether_it_is_safe() -> None:
    fixed = FINDING._replace(fix=Fix("delete it", (Edit(Span(2, 1, 3, 1), ""),), safe=True), anchor="a")
    found = finding_object(fixed)
    edit = {"line": 2, "column": 1, "endLine": 3, "endColumn": 1, "text": ""}
    assert found["fix"] == {"message": "delete it", "safe": True, "edits": [edit]}
    assert found["anchor"] == "a"


def test_a_fix_that_may_hold_a_secret_is_left_out() -> None:
    fix = Fix("quote it", (Edit(Span(1, 4, 1, 8), "'1234'"),))
    assert "fix" not in finding_object(FINDING._replace(fix=fix, excerpt="a: ****"))
    assert "fix" not in finding_object(FINDING._replace(fix=fix, excerpt=None))
    assert "fix" not in finding_object(FINDING._replace(fix=fix), "pin_secret: 1234\n")
    assert "fix" in finding_object(FINDING._replace(fix=fix), "a: 1234\n")


def test_statistics_count_by_rule() -> None:
    assert json.loads(written(Report((FINDING,), files=1), View(statistics=True)))["statistics"] == [
        {"rule": "duplicate-key", "severity": "error", "findings": 1, "fixable": 0, "safely": 0}
    ]
