"""Flows end as they do in Kestra."""

from __future__ import annotations

from tests.kestra.case import Case
from tests.kestra.run_case import check_run
from tests.kestra.service import Service


def test_run_case(case: Case, service: Service) -> None:
    """The executions are those that Kestra's own test sees."""
    check_run(case, service)
