"""The run cases of the conformance folder."""

from __future__ import annotations

from tests.engine.workshop import Workshop
from tests.kestra.case import Case
from tests.kestra.run_case import check_run


def test_run_case(case: Case, workshop: Workshop) -> None:
    check_run(case, workshop)
