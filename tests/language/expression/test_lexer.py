"""How a template is cut into pieces, and the inside of a tag into tokens."""

from __future__ import annotations

import pytest

from gitops.language.expression.lexer import Kind, Part, Piece, pieces


def only(source: str) -> Piece:
    (piece,) = pieces(source)
    return piece


def token_texts(source: str) -> list[str]:
    return [token.text for token in only(source).tokens[:-1]]


def test_text_without_delimiters_is_one_piece() -> None:
    assert only("a { b } c").text == "a { b } c"


def test_every_piece_knows_its_place() -> None:
    source = "a {{ b }} c {% d %}{# e #}f"
    assert [(piece.part, source[slice(*piece.span)]) for piece in pieces(source)] == [
        (Part.TEXT, "a "),
        (Part.OUTPUT, "{{ b }}"),
        (Part.TEXT, " c "),
        (Part.TAG, "{% d %}"),
        (Part.TEXT, "f"),
    ]


def test_every_token_knows_its_place() -> None:
    source = """{{ a.b | c("d", 1.5) ?? [2L] }}"""
    texts = [source[slice(*token.span)] for token in only(source).tokens]
    assert texts == ["a", ".", "b", "|", "c", "(", '"d"', ",", "1.5", ")", "??", "[", "2L", "]", "}}"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ 1..3 }}", ["1", "..", "3"]),
        ("{{ 1.5.x }}", ["1.5", ".", "x"]),
        ("{{a??b???c}}", ["a", "??", "b", "???", "c"]),
        ("{{ a>=b }}", ["a", ">=", "b"]),
        ("{{ {'a': {'b': 1}} }}", ["{", "a", ":", "{", "b", ":", "1", "}", "}"]),
        ("{{ '}}' }}", ["}}"]),
        ("{{ été_1 }}", ["été_1"]),
        ("{{-1}}", ["-", "1"]),
    ],
)
def test_tokens(source: str, expected: list[str]) -> None:
    assert token_texts(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"{{ 'it\'s' }}", "it's"),
        (r'{{ "a\"b" }}', 'a"b'),
        (r"{{ 'a\"b' }}", r"a\"b"),
        (r"{{ 'a\\b' }}", r"a\b"),
        (r"{{ '\d\n' }}", r"\d\n"),
        ('{{ "a # b" }}', "a # b"),
    ],
)
def test_a_backslash_escapes_only_itself_and_the_quote_around(source: str, expected: str) -> None:
    assert token_texts(source) == [expected]


def test_interpolation_is_cut_into_its_parts() -> None:
    kinds = [token.kind for token in only('{{ "a#{ b }c" }}').tokens]
    assert kinds == [
        *(Kind.QUOTE, Kind.STRING, Kind.INTERPOLATION, Kind.NAME),
        *(Kind.PUNCTUATION, Kind.STRING, Kind.QUOTE, Kind.END),
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a {{- b }} c", ["a", "", " c"]),
        ("a {{ b -}} c", ["a ", "", "c"]),
        ("a {%- b -%} c", ["a", "", "c"]),
        ("a {#- b -#} c", ["a", "c"]),
        ("a {%- raw -%} b {%- endraw -%} c", ["a", "b", "c"]),
        ("a\n{{ b }}\nc", ["a\n", "", "\nc"]),
    ],
)
def test_whitespace_is_trimmed_only_where_a_dash_asks_for_it(source: str, expected: list[str]) -> None:
    assert [piece.text for piece in pieces(source)] == expected


def test_raw_text_is_not_read() -> None:
    assert only("{% raw %}{{ a }{% b {% endraw %}").text == "{{ a }{% b "
    assert only("{%verbatim%}{{ a }}{%endverbatim%}").part is Part.RAW


@pytest.mark.parametrize(
    ("source", "message", "place"),
    [
        ("{{ a", "`{{` is never closed: `}}` is missing", "{{"),
        ("{% a", "`{%` is never closed: `%}` is missing", "{%"),
        ("{# a", "The comment is never closed: `#}` is missing", "{#"),
        ("{% raw %} a", "`{% raw %}` is never closed: `{% endraw %}` is missing", "{% raw %}"),
        ("{{ (a }}", "Expected `)` to close `(` but found `}`", "}"),
        ("{{ a) }}", "Unexpected `)`", ")"),
        ("{{ [a", "`[` is never closed", "["),
        ("{{ 'a }}", "The text is never closed: `'` is missing", "'"),
        ('{{ "a }}', 'The text is never closed: `"` is missing', '"'),
        ('{{ "a#{b" }}', 'The text is never closed: `"` is missing', '"'),
        ('{{ "a#{ b', "`#{` is never closed", "#{"),
        ("{{ a ! b }}", "Unexpected character `!`", "!"),
        ("{{ a § b }}", "Unexpected character `§`", "§"),
    ],
)
def test_a_piece_that_cannot_be_read_says_what_and_where(source: str, message: str, place: str) -> None:
    problem = pieces(source)[0].problem
    assert problem is not None
    assert problem.message == message
    assert source[slice(*problem.span)] == place


def test_reading_goes_on_behind_a_broken_piece() -> None:
    broken, between, whole = pieces("{{ a ! }} b {{ c }}")
    assert broken.problem is not None
    assert between.text == " b "
    assert [token.text for token in whole.tokens] == ["c", "}}"]


def test_interpolations_inside_one_another_end_somewhere() -> None:
    problem = only('{{ "' + '#{ "' * 1000).problem
    assert problem is not None
    assert problem.message == "The expression is nested too deeply"
