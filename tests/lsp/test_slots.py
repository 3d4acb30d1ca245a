"""The place of a cursor is told from the lines above it, in texts that parse and in texts that do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.language.document import parse
from gitops.lint.lookup import NOT_THERE, value_at
from gitops.lsp.slots import Kind, slot
from tests.lsp.flows import cursor

TEXT = """\
id: a
inputs:
  - id: one
    type: STRING
tasks:
- id: x
  type: b
  message: |
    hi: there
    - two

  labels:
    k: v
- id: outer
  type: c
  tasks:
    - id: y
      "quoted key": z
      list:
        - - p
          - q
"""


@pytest.mark.parametrize(
    ("text", "kind", "path", "begun"),
    [
        ("¦", Kind.KEY, (), ""),
        ("id: a\nna¦", Kind.KEY, (), "na"),
        ("id: a¦", Kind.VALUE, ("id",), "a"),
        ("id:¦", Kind.VALUE, ("id",), ""),
        ("tasks:\n  - ¦", Kind.ITEM, ("tasks", 0), ""),
        ("tasks:\n  -¦", Kind.ITEM, ("tasks", 0), ""),
        ("tasks:\n- id: a\n- ty¦", Kind.ITEM, ("tasks", 1), "ty"),
        ("tasks:\n  - id: a\n    ¦", Kind.KEY, ("tasks", 0), ""),
        ("tasks:\n  - id: a\n    type: x¦", Kind.VALUE, ("tasks", 0, "type"), "x"),
        ("tasks:\n  - id: a\n      ¦", Kind.KEY, ("tasks", 0), ""),
        ("tasks:\n  - id: a\n  ¦", Kind.KEY, ("tasks",), ""),
        ("tasks:\n  - id: a\n¦", Kind.KEY, (), ""),
        ("a:\n  b: [c, d¦", Kind.VALUE, ("a", "b", 1), "d"),
        ("a:\n  b: [¦", Kind.VALUE, ("a", "b", 0), ""),
        ("a: |\n  b: ¦", Kind.TEXT, ("a",), "b: "),
        ("a: |\n  b: c\n\n  ¦", Kind.TEXT, ("a",), ""),
        ("- a: >-\n    b\n  ¦", Kind.KEY, (0,), ""),
        ("- |\n  b¦", Kind.TEXT, (0,), "b"),
        ("a: 1 # b¦", Kind.NOTHING, ("a",), "1 # b"),
        ("# b¦", Kind.NOTHING, (), ""),
        ("a:\n  # x: y\n  b¦", Kind.KEY, ("a",), "b"),
        ("a: {{ b\nc:\n  - d: e\n    ¦", Kind.KEY, ("c", 0), ""),
        ('a: "b\nc¦', Kind.KEY, (), "c"),
        ("a:\n- - - ¦", Kind.ITEM, ("a", 0, 0, 0), ""),
        ('"a b":\n  c¦', Kind.KEY, ("a b",), "c"),
        ("a:\r\n  b:\r\n    c¦", Kind.KEY, ("a", "b"), "c"),
    ],
)
def test_a_place_is_known_by_the_lines_above(text: str, kind: Kind, path: tuple[str | int, ...], begun: str) -> None:
    found = slot(*cursor(text))
    assert (found.kind, found.path) == (kind, path)
    assert kind is Kind.NOTHING or found.begun == begun


def test_the_keys_of_the_same_mapping_are_known() -> None:
    found = slot(*cursor("tasks:\n  - id: a\n    type: b\n    nested:\n      c: d\n    ¦"))
    assert set(found.keys) == {"id", "type", "nested"}
    assert found.column == 4


def test_the_end_of_every_line_is_the_place_of_what_it_says() -> None:
    data = parse(TEXT).data
    ends = [index for index, character in enumerate(TEXT) if character == "\n"]
    for end in ends:
        found = slot(TEXT, end)
        if found.kind in (Kind.VALUE, Kind.ITEM):
            assert value_at(data, found.path) is not NOT_THERE, (TEXT[:end].splitlines()[-1], found.path)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:-|>{}[]\"'# \n\t\r\u2028😀", max_size=60), st.integers(0, 60))
def test_any_text_has_a_place_everywhere(text: str, offset: int) -> None:
    found = slot(text, min(offset, len(text)))
    assert 0 <= found.line <= found.start <= len(text)
