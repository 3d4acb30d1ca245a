"""The words: quoting, choices, and what an author may have meant."""

from __future__ import annotations

import pytest

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.words import closest, closest_type, listing, one_of, place_words, value_words

TYPES = (
    "io.kestra.plugin.core.log.Log",
    "io.kestra.plugin.core.log.Fetch",
    "io.kestra.plugin.scripts.python.Script",
    "io.kestra.plugin.scripts.shell.Script",
)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("a b", "`a b`"),
        ("a\n  b", "`a b`"),
        ("a\x1bb", "`a\x1bb`"),
        ("x" * 80, f"`{'x' * 80}`"),
        ("x" * 81, f"`{'x' * 79}…`"),
    ],
)
def test_a_quote_is_one_short_line(text: str, quoted: str) -> None:
    assert quote(text) == quoted


def test_a_long_list_is_cut() -> None:
    assert listing("abc") == "`a`, `b`, `c`"
    assert listing(str(number) for number in range(25)).endswith("`19`, … (5 more)")
    assert (one_of(["a"]), one_of(["a", "b"])) == ("`a`", "one of `a`, `b`")


@pytest.mark.parametrize(
    ("path", "words"),
    [((), "the flow"), (("a",), "`a`"), (("a", 0), "`a[0]`"), (("a", 0, "b", 1, 2), "`b[1][2]`")],
)
def test_a_place_is_called_by_its_last_property(path: Path, words: str) -> None:
    assert place_words(path) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "`true`"),
        (1, "`1`"),
        ("a", "`a`"),
        ([], "an empty list"),
        ([1], "a list"),
        ({}, "a mapping"),
    ],
)
def test_a_value_is_called_by_its_kind_or_its_text(value: object, words: str) -> None:
    assert value_words(value) == words


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("io.kestra.plugin.core.log.Logg", TYPES[0]),
        ("io.kestra.core.tasks.log.Log", TYPES[0]),
        ("Log", TYPES[0]),
        ("io.kestra.plugin.scripts.shell.Scrpt", TYPES[3]),
        ("io.kestra.plugin.scripts.pyton.Script", TYPES[2]),
        ("io.kestra.plugin.core.log.Zebra", None),
        ("x" * 201, None),
    ],
)
def test_a_type_is_known_again_by_its_last_segment(name: str, meant: str | None) -> None:
    assert closest_type(name, TYPES) == meant


def test_a_name_is_known_again_whatever_its_case() -> None:
    assert closest("MESSAGE", ("message", "level")) == "message"
    assert closest("x" * 201, ("x" * 200,)) is None
