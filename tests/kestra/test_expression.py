"""Templates render as in Kestra."""

from __future__ import annotations

from tests.kestra.case import Case
from tests.kestra.expression_case import check_expression


def test_expression_case(case: Case) -> None:
    """The value, or the error, is that of Kestra's own test."""
    check_expression(case)
