"""Collection of the conformance cases, the list of known failures, and the count at the end.

    pytest tests/kestra                 the cases of GITOPS_CONFORMANCE, ../shared/conformance by default
    pytest tests/kestra --write-known   write the list of known failures anew

A case on the list must fail: one that passes fails the suite, so that the list only shrinks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.engine.workshop import Workshop, open_workshop
from tests.kestra.case import FOLDER, read_cases, read_known, write_known

KINDS = {"run": "run", "lint": "lint", "expression": "expression"}
_NOT_THERE = f"NO CONFORMANCE CASES: {FOLDER} is not there; name their folder with GITOPS_CONFORMANCE"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The way to write the list of known failures."""
    parser.addoption("--write-known", action="store_true", help="write the list of known conformance failures anew")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each case; its id is the case's name."""
    kind = next((kind for kind in KINDS if f"test_{kind}_case" == metafunc.function.__name__), None)
    if kind is None:
        return
    known = frozenset() if metafunc.config.getoption("--write-known") else read_known()
    cases = read_cases(FOLDER, kind)
    marked = [
        pytest.param(case, id=case.name, marks=[pytest.mark.xfail(strict=True)] if case.name in known else [])
        for case in cases
    ]
    absent = pytest.param(None, id="absent", marks=pytest.mark.skip(reason=_NOT_THERE))
    metafunc.parametrize("case", marked or [absent])


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """One engine for all run cases; each deploys its flows as new revisions."""
    with open_workshop(tmp_path_factory.mktemp("conformance")) as workshop:
        yield workshop


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many cases of each kind pass."""
    passed, total, failed = Counter[str](), Counter[str](), set[str]()
    for outcome in ("passed", "failed", "xfailed", "xpassed"):
        for report in terminalreporter.stats.get(outcome, ()):
            if "tests/kestra/test_" not in report.nodeid or report.when not in ("call", None):
                continue
            kind = report.nodeid.split("test_")[-1].partition("_case")[0]
            total[kind] += 1
            passed[kind] += outcome == "passed"
            if outcome != "passed":
                failed.add(report.nodeid.partition("[")[2].removesuffix("]"))
    if total:
        counts = ", ".join(f"{kind} {passed[kind]}/{total[kind]}" for kind in sorted(total))
        terminalreporter.write_line(f"conformance: {counts}")
    if config.getoption("--write-known") and total:
        write_known(frozenset(failed))
