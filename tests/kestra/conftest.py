"""The cases of a folder as tests, those known to fail marked, and a count for each kind at the end.

    pytest tests/kestra                                  the cases of ../shared/conformance
    GITOPS_CONFORMANCE=../cases pytest tests/kestra      the cases of another folder
    pytest tests/kestra --write-known                    write the list of known failures anew

A known failure that passes fails the suite, so the list only shrinks. Take its name out of `known.txt`, or write the
list anew; names of cases that did not run stay in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.kestra.case import FOLDER, KNOWN, Case, read_cases, read_known, write_known
from tests.kestra.service import Service, open_service

KINDS = ("run", "lint", "expression")
_NOT_THERE = f"NO CONFORMANCE CASES: there is no folder {FOLDER}; name one with GITOPS_CONFORMANCE"
_ABSENT = pytest.param(None, id="no-conformance-cases", marks=pytest.mark.skip(reason=_NOT_THERE))
_FAILED = ("failed", "error", "xfailed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the list of known failures."""
    parser.addoption("--write-known", action="store_true", default=False, help="write tests/kestra/known.txt anew")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each case; its id is the name of the case."""
    kind = metafunc.function.__name__.removeprefix("test_").removesuffix("_case")
    if "case" in metafunc.fixturenames and kind in KINDS:
        known = frozenset[str]() if metafunc.config.getoption("--write-known") else read_known()
        cases = [_parameter(case, known) for case in read_cases(FOLDER, kind)]
        metafunc.parametrize("case", cases if FOLDER.is_dir() else [_ABSENT])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the folder, one test says so for all of them."""
    absent = [item for item in items if item.name.endswith(f"[{_ABSENT.id}]")]
    items[:] = [item for item in items if item not in absent[1:]]


def _parameter(case: Case, known: frozenset[str]) -> object:
    marks = [pytest.mark.xfail(reason="known", strict=True)] if case.name in known else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One running engine for all run cases of this process."""
    with open_service(tmp_path_factory.mktemp("conformance")) as service:
        yield service


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many cases of each kind pass, and write the list when that was asked for."""
    passed, failed = _names(terminalreporter, ("passed",)), _names(terminalreporter, _FAILED)
    if passed or failed:
        terminalreporter.write_line("conformance: " + ", ".join(_count(kind, passed, failed) for kind in KINDS))
    if config.getoption("--write-known") and (passed or failed):
        write_known((read_known() | {name for _, name in failed}) - {name for _, name in passed})
        terminalreporter.write_line(f"wrote {KNOWN}")


def _count(kind: str, passed: set[tuple[str, str]], failed: set[tuple[str, str]]) -> str:
    good, bad = (Counter(each for each, _ in names)[kind] for names in (passed, failed))
    return f"{kind} {good}/{good + bad}"


def _names(reporter: pytest.TerminalReporter, outcomes: tuple[str, ...]) -> set[tuple[str, str]]:
    """The kind and the name of each case that ended so, also those that other processes ran."""
    reports = [report for outcome in outcomes for report in reporter.stats.get(outcome, [])]
    places = [report.nodeid.partition("tests/kestra/test_")[2].partition("[") for report in reports]
    named = ((place.partition(".")[0], name.removesuffix("]")) for place, _, name in places)
    return {(kind, name) for kind, name in named if kind in KINDS and name}
