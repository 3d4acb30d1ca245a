"""The lint cases of the conformance folder."""

from __future__ import annotations

from tests.kestra.case import Case
from tests.kestra.lint_case import check_lint


def test_lint_case(case: Case) -> None:
    check_lint(case)
