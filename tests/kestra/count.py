"""How many conformance cases of each kind pass: hooks for the outermost conftest, which every process loads."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.kestra.case import KNOWN, read_known, write_known

KINDS = ("run", "lint", "expression")
_FAILED = ("failed", "error", "xfailed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes the list of known failures."""
    parser.addoption("--write-known", action="store_true", default=False, help="write tests/kestra/known.txt anew")


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
