"""The cases of a folder as tests, those known to fail marked; `count` says how many pass.

    pytest tests/kestra                                  the cases of ../shared/conformance
    GITOPS_CONFORMANCE=../cases pytest tests/kestra      the cases of another folder
    pytest tests/kestra --write-known                    write the list of known failures anew

A known failure that passes fails the suite, so the list only shrinks. Take its name out of `known.txt`, or write the
list anew; names of cases that did not run stay in it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kestra.case import FOLDER, Case, read_cases, read_known
from tests.kestra.count import KINDS
from tests.kestra.service import Service, open_service

_NOT_THERE = f"NO CONFORMANCE CASES: there is no folder {FOLDER}; name one with GITOPS_CONFORMANCE"
_ABSENT = pytest.param(None, id="no-conformance-cases", marks=pytest.mark.skip(reason=_NOT_THERE))


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
