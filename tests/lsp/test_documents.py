"""An open text after an editor's changes is what the editor shows, however it counts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from gitops.lint.offsets import Encoding
from gitops.lsp.documents import Change, OpenDocument
from tests.lsp.flows import document, kinds

UNITS: dict[Encoding, tuple[str, int]] = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXTS = st.text(alphabet="ab\n\r\u2028\x85\x0b😀漢é", max_size=30)


def position(text: str, offset: int, encoding: Encoding) -> types.Position:
    """Where an editor sees an offset that is not within a line end."""
    lines = re.split(r"\r\n|\n|\r", text[:offset])
    codec, unit = UNITS[encoding]
    return types.Position(len(lines) - 1, len(lines[-1].encode(codec)) // unit)


def opened(text: str, encoding: Encoding) -> OpenDocument:
    """A document of an editor that counts in some way."""
    return OpenDocument("file:///a.yml", "a.yml", text, encoding=encoding, kinds=kinds())


@settings(max_examples=300, deadline=None)
@given(st.data(), TEXTS, st.sampled_from(list(UNITS)))
def test_changes_are_made_where_the_editor_makes_them(data: st.DataObject, text: str, encoding: Encoding) -> None:
    for version in range(1, 4):
        places = [n for n in range(len(text) + 1) if text[n - 1 : n + 1] != "\r\n"]
        start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
        new = data.draw(TEXTS)
        change = types.TextDocumentContentChangePartial(
            types.Range(position(text, start, encoding), position(text, end, encoding)), new
        )
        after = opened(text, encoding).edited([change], version)
        text = text[:start] + new + text[end:]
        assert (after.text, after.version) == (text, version)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(list(UNITS)))
def test_every_place_is_found_again(text: str, encoding: Encoding) -> None:
    there = opened(text, encoding)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":
            assert there.stretch(offset, offset).start == position(text, offset, encoding)
            assert there.offset(position(text, offset, encoding)) == offset


@pytest.mark.parametrize(
    ("line", "character", "offset"), [(0, 99, 2), (1, 0, 3), (1, 1, 3), (1, 2, 4), (9, 0, 5), (9, 9, 5)]
)
def test_a_place_that_does_not_exist_is_the_nearest_that_does(line: int, character: int, offset: int) -> None:
    assert document("ab\n😀x").offset(types.Position(line, character)) == offset


def test_several_changes_come_one_after_the_other() -> None:
    start = types.Position(0, 0)
    changes: list[Change] = [
        types.TextDocumentContentChangeWholeDocument("abc"),
        types.TextDocumentContentChangePartial(types.Range(start, types.Position(0, 1)), "x"),
        types.TextDocumentContentChangePartial(types.Range(types.Position(0, 1), types.Position(0, 2)), ""),
    ]
    assert document("").edited(changes, 2).text == "xc"


@pytest.mark.parametrize(
    ("text", "holds", "begins"),
    [
        ("", True, True),
        ("id: a\n", False, True),
        ("id: a\nnamespace: b\n", True, True),
        ("namespace: b\ntasks: [\n", True, True),
        ("services: {}\n", False, False),
        ('services:\n  a: "\n', False, False),
        ("- a\n", False, False),
    ],
)
def test_what_is_no_flow_is_left_alone(text: str, holds: bool, begins: bool) -> None:
    assert (document(text).holds_flow, document(text).begins_flow) == (holds, begins)
