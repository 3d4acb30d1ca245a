"""Flows are accepted or refused as in Kestra."""

from __future__ import annotations

from tests.kestra.case import Case
from tests.kestra.lint_case import check_lint


def test_lint_case(case: Case) -> None:
    """The findings say what Kestra's messages say."""
    check_lint(case)
