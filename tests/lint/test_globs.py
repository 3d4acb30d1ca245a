"""Patterns of paths."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.lint.globs import matches


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("company/team/hello.yml", "company/team/hello.yml"),
        ("company/**", "company/team/hello.yml"),
        ("company/", "company/team/hello.yml"),
        ("company/**/hello.yml", "company/hello.yml"),
        ("company/**/hello.yml", "company/a/b/hello.yml"),
        ("company/*/hello.*", "company/team/hello.yml"),
        ("**/team/**", "a/team/b/c.yml"),
        ("hello.yml", "company/team/hello.yml"),
        ("*.draft.yml", "company/team/hello.draft.yml"),
        ("h?llo.yml", "hello.yml"),
        ("./company/*", "company/hello.yml"),
        ("[a].yml", "[a].yml"),
        ("**", "hello.yml"),
    ],
)
def test_a_pattern_means_a_path(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("company/*", "company/team/hello.yml"),
        ("company", "company/hello.yml"),
        ("team/hello.yml", "company/team/hello.yml"),
        ("company/*/hello.yml", "company/hello.yml"),
        ("h?llo.yml", "hllo.yml"),
        ("hello.yml/", "hello.yml2/a"),
        ("[a].yml", "a.yml"),
        ("", "hello.yml"),
    ],
)
def test_a_pattern_does_not_mean_a_path(pattern: str, path: str) -> None:
    assert not matches(pattern, path)


@given(st.text("ab*?", min_size=1, max_size=8), st.text("ab", max_size=8))
def test_within_a_name_it_is_what_a_regular_expression_says(pattern: str, name: str) -> None:
    expression = "".join({"*": ".*", "?": "."}.get(sign, sign) for sign in pattern)
    if set(pattern) != {"*"} or "**" not in pattern:
        assert matches(pattern, name) == bool(re.fullmatch(expression, name))


@given(
    st.lists(st.sampled_from(["a", "b", "*", "**"]), min_size=2, max_size=6),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=6),
)
def test_among_folders_it_is_what_a_regular_expression_says(parts: list[str], names: list[str]) -> None:
    forms = {"*": "[^/]+/", "**": "(?:[^/]+/)*"}
    expression = "".join(forms.get(part, f"{part}/") for part in parts)
    assert matches("/".join(parts), "/".join(names)) == bool(re.fullmatch(expression, "/".join(names) + "/"))


def test_no_pattern_takes_long() -> None:
    begun = time.perf_counter()
    assert not matches("*a" * 50 + "b", "a" * 4_000)
    assert not matches("**/a/" * 50 + "b", "a/" * 1_000 + "c")
    assert time.perf_counter() - begun < 2
