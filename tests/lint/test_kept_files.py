"""Which files of a repository are meant by a name or a pattern."""

from __future__ import annotations

import pytest

from gitops.lint.facts.namespace_files import FileUse
from gitops.lint.kept_files import KeptFiles

PATHS = ("company/team/_files/sql/orders.sql", "company/team/flow.yml", "scripts/main.py", "readme.txt")


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("sql/orders.sql", True),
        ("orders.sql", True),
        ("readme.txt", True),
        ("ders.sql", False),
        ("team/sql/orders.sql", False),
        ("SQL/orders.sql", False),
    ],
)
def test_a_name_is_the_end_of_a_path(name: str, there: bool) -> None:
    assert KeptFiles(PATHS).has(FileUse((), name)) is there
    assert KeptFiles(PATHS).has(FileUse((), name, pattern=True)) is there


@pytest.mark.parametrize(
    ("pattern", "there"),
    [
        ("*.sql", True),
        ("sql/*", True),
        ("sql/**", True),
        ("**/*.sql", True),
        ("**/orders.sql", True),
        ("main.p?", True),
        ("[rR]eadme.txt", True),
        ("{readme,other}.txt", True),
        ("sql/*.py", False),
        ("nowhere/**", False),
        ("*.csv", False),
    ],
)
def test_a_pattern_fits_below_any_folder(pattern: str, there: bool) -> None:
    assert KeptFiles(PATHS).has(FileUse((), pattern, pattern=True)) is there


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sql/order.sql", "sql/orders.sql"),
        ("order.sql", "orders.sql"),
        ("sql/orders.py", None),
        ("other/order.sql", None),
        ("order*.sql", None),
        ("Makefile", None),
    ],
)
def test_a_file_with_the_same_ending_may_be_meant(name: str, meant: str | None) -> None:
    assert KeptFiles(PATHS).meant(FileUse((), name)) == meant


def test_a_folder_of_that_name_holds_files_of_namespaces() -> None:
    assert KeptFiles(PATHS).of_namespaces
    assert KeptFiles(["_files/x"]).of_namespaces
    assert not KeptFiles(["my_files/x", "a/_files.txt"]).of_namespaces
