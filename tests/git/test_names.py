"""Names of files: the quick look at all of them is never more lenient than the look at one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.git.names import is_suspicious, name_refusal

PARTS = st.sampled_from(
    [
        *(b"a", b"b.yml", b".git", b".GIT", b".git ", b".git.", b"git~1", b".", b"..", b"", b"\\", b"\xff"),
        *("é".encode(), b".gitignore", b"\x07", b" ", b"x y.yml"),
    ]
)


@pytest.mark.parametrize(
    "name", [b"one.yml", b"company/team/one.yml", b".gitignore", b".github/x.yml", "é.yml".encode()]
)
def test_an_ordinary_name_is_not_refused(name: bytes) -> None:
    assert name_refusal(name) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (b"a/.git/x.yml", "reserved for Git"),
        (b"a//x.yml", "reserved for Git"),
        (b"../x.yml", "reserved for Git"),
        (b"\xff.yml", "is not UTF-8"),
        (b"a\\b.yml", "a backslash or an invisible character"),
    ],
)
def test_a_strange_name_is_refused_with_its_reason(name: bytes, words: str) -> None:
    assert words in str(name_refusal(name))


@given(st.lists(st.lists(PARTS, min_size=1, max_size=4).map(b"/".join), min_size=1, max_size=4))
def test_where_nothing_is_suspicious_no_name_is_refused(names: list[bytes]) -> None:
    if not is_suspicious([name.decode(errors="surrogateescape") + ".yml" for name in names]):
        assert [name_refusal(name + b".yml") for name in names] == [None] * len(names)


def test_ordinary_names_are_not_suspicious() -> None:
    assert not is_suspicious(["company/team/one.yml", ".gitignore", ".github/a.yml"])
