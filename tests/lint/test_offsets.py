"""Places of a text, in lines and columns, offsets, and as editors count them."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from gitops.language.position import Span
from gitops.lint.offsets import Encoding, Offsets, width

TEXT = "id: a\r\nmessage: 🐙é\r\tdone\n"
TEXTS = st.text(st.sampled_from("ab é🐙\u3000\u0301\t\n\r"), max_size=30)
ENCODINGS = st.sampled_from(get_args(Encoding))


def test_a_place_has_an_offset_and_an_offset_a_place() -> None:
    offsets = Offsets(TEXT)
    assert offsets.offset(2, 10) == TEXT.index("🐙")
    assert offsets.place(TEXT.index("é")) == (2, 11)
    assert offsets.place(TEXT.index("done")) == (3, 2)
    assert offsets.of(Span(2, 10, 3, 3)) == "🐙é\r\td"
    assert offsets.of(offsets.whole()) == TEXT


def test_a_place_beyond_its_line_is_the_end_of_the_line() -> None:
    offsets = Offsets(TEXT)
    assert offsets.offset(1, 99) == 5
    assert offsets.offset(99, 1) == len(TEXT)
    assert offsets.offset(0, 0) == 0


def test_editors_count_from_0_in_units_of_their_encoding() -> None:
    offsets = Offsets(TEXT)
    assert offsets.for_editor(2, 12) == (1, 12)
    assert offsets.for_editor(2, 12, "utf-8") == (1, 15)
    assert offsets.for_editor(2, 12, "utf-32") == (1, 11)
    assert offsets.from_editor(1, 11) == (2, 11)
    assert offsets.from_editor(1, 10) == (2, 10), "in the middle of a pair"
    assert offsets.from_editor(1, 999) == (2, 12)


@given(TEXTS, st.data())
def test_every_place_comes_back(text: str, data: st.DataObject) -> None:
    offsets = Offsets(text)
    at = data.draw(st.integers(0, len(text)))
    line, column = offsets.place(at)
    assert offsets.offset(line, column) == at or text[at - 1 : at + 1] == "\r\n"


@given(TEXTS, ENCODINGS, st.data())
def test_what_an_editor_counts_is_the_length_of_the_encoded_line(
    text: str, encoding: Encoding, data: st.DataObject
) -> None:
    offsets = Offsets(text)
    line, column = offsets.place(data.draw(st.integers(0, len(text))))
    seen = offsets.for_editor(line, column, encoding)
    start = offsets.offset(line, 1)
    size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[encoding]
    assert seen.character == len(text[start : start + column - 1].encode(f"{encoding}-le".replace("8-le", "8"))) // size
    assert offsets.from_editor(*seen, encoding) == (line, column)


@given(TEXTS)
def test_the_width_of_a_text_is_the_sum_of_its_parts(text: str) -> None:
    assert width(text) == sum(width(character) for character in text) == len(text.encode("utf-16-le")) // 2
