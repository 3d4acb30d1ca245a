"""The expression cases of the conformance folder."""

from __future__ import annotations

from tests.kestra.case import Case
from tests.kestra.expression_case import check_expression


def test_expression_case(case: Case) -> None:
    check_expression(case)
