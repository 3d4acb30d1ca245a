"""Edits of whole entries: what is left is the same but for the entry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.language.document import parse
from gitops.language.position import Path
from gitops.lint.entries import addition, as_yaml, moving, removal, renaming
from gitops.lint.finding import Fix
from gitops.lint.fixing import apply


def fixed(text: str, fix: Fix | None) -> str:
    assert fix is not None
    return apply(text, fix.edits)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a: 1\nb: 2\n", "a: 1\n"),
        ("a: 1\nb: 2", "a: 1\n"),
        ("b: 2  # why\na: 1\n", "a: 1\n"),
        ("b: |\n  one\n  two\na: 1\n", "a: 1\n"),
        ("b:\na: 1\n", "a: 1\n"),
        ("b:\n  c: 1\n  d:\n    - 2\na: 1\n", "a: 1\n"),
        ("b:\n- 1\n- 2\na: 1\n", "a: 1\n"),
    ],
)
def test_an_entry_is_taken_out_with_its_lines(text: str, left: str) -> None:
    assert fixed(text, removal(parse(text), ("b",))) == left


@pytest.mark.parametrize("text", ["{a: 1, b: 2}", "a: 1\n", "- b: 1"])
def test_an_entry_that_shares_its_line_stays(text: str) -> None:
    assert removal(parse(text), ("b",)) is None
    assert removal(parse(text), (0, "b")) is None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("map:\n  a: 1\nend: 2\n", "map:\n  a: 1\n  b: 3\nend: 2\n"),
        ("map:\n  a: 1", "map:\n  a: 1\n  b: 3"),
        ("map:\n  a: 1  # why\nend: 2\n", "map:\n  a: 1  # why\n  b: 3\nend: 2\n"),
        ("map:\n  a: |\n    one\n    two\nend: 2\n", "map:\n  a: |\n    one\n    two\n  b: 3\nend: 2\n"),
        ("end: 2\n", "end: 2\nmap:\n  b: 3\n"),
    ],
)
def test_an_entry_is_put_behind_the_last_one(text: str, after: str) -> None:
    assert fixed(text, addition(parse(text), ("map",), "b", "3")) == after


def test_an_entry_is_put_into_a_part_of_a_list() -> None:
    text = "tasks:\n  - id: a\n    type: b\n  - id: c\n"
    added = fixed(text, addition(parse(text), ("tasks", 0, "inputs"), "x", "1"))
    assert added == "tasks:\n  - id: a\n    type: b\n    inputs:\n      x: 1\n  - id: c\n"


@pytest.mark.parametrize("text", ["map: {a: 1}\n", "{map: {a: 1}}", "map: {}\n", "map: 1\n", "map:\n", ""])
def test_nothing_is_put_where_it_would_need_another_layout(text: str) -> None:
    assert addition(parse(text), ("map",), "b", "3") is None


def test_a_name_is_written_over_a_value_or_a_key() -> None:
    text = "a: one\n"
    assert fixed(text, renaming(parse(text), ("a",), "two")) == "a: two\n"
    assert fixed(text, renaming(parse(text), ("a",), "b", key=True)) == "b: one\n"
    assert renaming(parse(text), ("c",), "b") is None


VALUES = st.sampled_from(["1", "text", "|\n  one\n  two", "\n  deep: 1", "\n  - x\n  - y", "'quoted'", "1  # why"])


@given(st.lists(VALUES, min_size=2, max_size=5), st.integers(0, 4))
def test_the_other_entries_are_as_before(values: list[str], number: int) -> None:
    text = "".join(f"k{index}: {value}\n" for index, value in enumerate(values))
    document, name = parse(text), f"k{number % len(values)}"
    data = document.data
    assert isinstance(data, dict)
    without = {key: value for key, value in data.items() if key != name}
    assert parse(fixed(text, removal(document, (name,)))).data == without
    assert parse(fixed(text, addition(document, (), "new", "3"))).data == {**data, "new": 3}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a:\n  b: 1\n  c: 2\n", "a:\n  b: 1\nc: 2\n"),
        ("a:\n  c: 2\n  b: 1\n", "a:\n  b: 1\nc: 2\n"),
        (
            "a:\n  - b: 1\n    c:\n      d: |\n        one\n\n        two\n",
            "a:\n  - b: 1\nc:\n  d: |\n    one\n\n    two\n",
        ),
    ],
)
def test_an_entry_moves_one_level_up_with_its_lines(text: str, after: str) -> None:
    path: Path = ("a", 0, "c") if "- b" in text else ("a", "c")
    assert fixed(text, moving(parse(text), path, ())) == after


def test_an_entry_moves_into_a_mapping_that_is_made_for_it() -> None:
    assert fixed("a: 1\nb: 2\n", moving(parse("a: 1\nb: 2\n"), ("a",), ("c",))) == "b: 2\nc:\n  a: 1\n"


@pytest.mark.parametrize("text", ["a: {c: 1}\nb: 2\n", "a:\n  c: 1\nc: 2\n"])
def test_an_entry_that_shares_its_line_or_has_a_namesake_does_not_move(text: str) -> None:
    assert moving(parse(text), ("a", "c"), ()) is None


@given(st.text(max_size=20))
def test_a_text_is_written_so_that_it_is_read_as_that_text(text: str) -> None:
    document = parse(f"a: {as_yaml(text)}\n{as_yaml(text)}: 1\n")
    if not document.problems:
        assert document.data == ({"a": 1} if text == "a" else {"a": text, text: 1})
