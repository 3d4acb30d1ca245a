"""What stands at an offset of a text: the value at a path, or its key, and the character in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.language.document import Document, Path, parse
from gitops.lint.offsets import Offsets

TEXT = """\
id: a
"b c": 'it''s'
tasks:
  - id: x
    message: |
      hi 😀
      two
  - {id: y, list: [1, "z\\n"]}
  -
    - deep: "漢"
"""


def paths(value: object, path: Path = ()) -> list[Path]:
    """Every path to a value in some data."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, item in inner for each in paths(item, (*path, key)))]


def offset(document: Document, path: Path, *, key: bool = False) -> int:
    """Where a value begins, or its key."""
    span = document.span(path, key=key)
    return Offsets(document.source).offset(span.line, span.column)


@pytest.mark.parametrize(
    ("before", "path", "key", "within"),
    [
        ("i", ("id",), True, 1),
        ("id: ", ("id",), False, 0),
        ("id: a", ("id",), False, 1),
        ("id:", ("id",), False, None),
        ('"b', ("b c",), True, 1),
        ("'it''", ("b c",), False, 3),
        ("hi ", ("tasks", 0, "message"), False, 3),
        ("hi 😀\n      t", ("tasks", 0, "message"), False, 6),
        ("{id: y", ("tasks", 1, "id"), False, 1),
        ('"z\\n', ("tasks", 1, "list", 1), False, 2),
        ("deep", ("tasks", 2, 0, "deep"), True, 4),
        ('deep: "漢', ("tasks", 2, 0, "deep"), False, 1),
        ("tasks:\n ", ("tasks",), False, None),
    ],
)
def test_a_character_belongs_to_a_text_at_a_path(before: str, path: Path, key: bool, within: int | None) -> None:
    assert parse(TEXT).spot(TEXT.index(before) + len(before)) == (path, key, within)


def test_every_value_and_every_key_is_found_where_it_begins() -> None:
    document = parse(TEXT)
    for path in paths(document.data):
        value = document.spot(offset(document, path))
        assert value.path[: len(path)] == path
        if path and isinstance(path[-1], str):
            key = document.spot(offset(document, path, key=True))
            assert (key.path, key.key, key.within) == (path, True, 0)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab:-|>{}[]\"'#&* \n\t\r😀", max_size=40), st.integers(0, 45))
def test_there_is_an_answer_at_every_offset_of_every_text(text: str, at: int) -> None:
    spot = parse(text).spot(at)
    assert spot.within is None or spot.within >= 0
