"""The door to YAML: what scalars mean, where paths stand, and that no text whatever makes it raise."""

from __future__ import annotations

import json
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.language.document import Document, Limits, Path, Problem, Span, parse

FLOW = """\
id: hello  # the name
namespace: company.team
tasks:
  - id: é😀
    type: io.kestra.plugin.core.log.Log
    message: |
      Hello
      there

  - {id: two, type: x}
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("No", False),
        ("ON", True),
        ("y", "y"),
        ("12", 12),
        ("-3", -3),
        ("+3", 3),
        ("1_000", 1000),
        ("0x1F", 31),
        ("0b101", 5),
        ("010", 8),
        ("08", "08"),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("1_0.5", 10.5),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30:45", "12:30:45"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z"),
        ("1.2.3", "1.2.3"),
        ("-", ["-"]),
        ("+", "+"),
        ("0x_", "0x_"),
        ("9" * 101, "9" * 101),
        ("'12'", "12"),
        ('"yes"', "yes"),
        ("!!str 12", "12"),
        ("!!int 12", 12),
        ("|\n  true", "true"),
    ],
)
def test_scalars_are_read_as_kestra_reads_them(text: str, value: object) -> None:
    if text == "-":
        assert parse("a:\n- '-'").data == {"a": value}
    else:
        document = parse(f"a: {text}")
        assert document.problems == ()
        assert document.data == {"a": value}
        assert isinstance(document.data["a"], type(value))
        assert isinstance(document.data["a"], bool) is isinstance(value, bool)


def test_keys_are_text_whatever_they_look_like() -> None:
    assert parse("true: 1\n1: 2\non: 3\n~: 4\n").data == {"true": 1, "1": 2, "on": 3, "~": 4}


def test_aliases_repeat_values_and_merge_keys_are_plain_keys() -> None:
    assert parse("a: &x [1]\nb: *x\n<<: c\n").data == {"a": [1], "b": [1], "<<": "c"}


@pytest.mark.parametrize(
    ("path", "key", "span"),
    [
        (("id",), False, Span(1, 5, 1, 10)),
        (("id",), True, Span(1, 1, 1, 3)),
        (("tasks", 0, "id"), False, Span(4, 9, 4, 11)),
        (("tasks", 0, "message"), False, Span(6, 14, 8, 12)),
        (("tasks", 1), False, Span(10, 5, 10, 23)),
        (("tasks", 1), True, Span(10, 5, 10, 23)),
        (("tasks", 1, "type"), True, Span(10, 15, 10, 19)),
        (("tasks", 1, "message"), False, Span(10, 5, 10, 23)),
        (("tasks", 1, "message"), True, Span(10, 5, 10, 23)),
        (("tasks", 7, "id"), False, Span(4, 3, 10, 23)),
        (("id", "deeper"), False, Span(1, 5, 1, 10)),
        ((), False, Span(1, 1, 10, 23)),
    ],
)
def test_a_path_has_the_span_of_its_value_or_of_its_nearest_ancestor(path: Path, key: bool, span: Span) -> None:
    assert parse(FLOW).span(path, key=key) == span


def test_spans_count_lines_as_editors_do() -> None:
    document = parse("a: 1\r\nb: 'x\u2028y'\rc: 2\n")
    assert document.span(("c",)) == Span(3, 4, 3, 5)
    assert [document.line(number) for number in range(6)] == ["", "a: 1", "b: 'x\u2028y'", "c: 2", "", ""]


def test_a_byte_order_mark_does_not_count() -> None:
    document = parse("\ufeffa: 1".encode())
    assert document.source == "a: 1"
    assert document.span(("a",)) == Span(1, 4, 1, 5)


def test_the_first_of_two_equal_keys_stays() -> None:
    document = parse("a: 1\na: 2\n")
    assert document.data == {"a": 1}
    assert document.problems == (
        Problem(
            "duplicate-key",
            "key `a` is already used in this mapping",
            Span(2, 1, 2, 2),
            help="delete one of the two",
            related=Span(1, 1, 1, 2),
        ),
    )


def test_an_unquoted_expression_is_the_text_that_was_meant() -> None:
    document = parse("a: {{ x }}\n{{ y }}: b\n")
    assert document.data == {"a": "{{ x }}", "{{ y }}": "b"}
    assert [problem.rule for problem in document.problems] == ["unquoted-expression"] * 2


def test_a_mapping_in_braces_is_no_expression() -> None:
    assert parse("a: {b: {c: 1}}\n").problems == ()


def test_every_problem_is_found_in_one_reading() -> None:
    document = parse("a: {{ x }}\nb: !tag 1\nb: 2\n--- \nc: 3\n")
    assert [problem.rule for problem in document.problems] == [
        "multi-document",
        "unquoted-expression",
        "yaml-tag",
        "duplicate-key",
    ]


def test_a_second_document_is_where_its_mark_is() -> None:
    assert parse("---\n# first\na: 1\n---\n\nb: [\n").problems[0].span == Span(4, 1, 4, 4)
    assert parse("a: 1\n...\nb: 2\n").problems[0].span == Span(3, 1, 3, 2)


@pytest.mark.parametrize(
    ("source", "span", "message"),
    [
        (b"a: \xff", Span(1, 4, 1, 5), "the file is not UTF-8 text"),
        ("é: \x07".encode(), Span(1, 4, 1, 5), "the file holds a control character"),
        (b"a: [1,\n", Span(1, 7, 1, 7), "a value is missing or not closed"),
        (b"%YAML 3.0\n---\na", Span(1, 1, 1, 2), "the text is not YAML: found incompatible YAML document"),
    ],
)
def test_unreadable_text_says_where(source: bytes, span: Span, message: str) -> None:
    document = parse(source)
    assert document.data is None
    assert [(problem.rule, problem.span, problem.message) for problem in document.problems] == [
        ("yaml-syntax", span, message)
    ]


def test_a_text_that_cannot_be_encoded_is_a_problem() -> None:
    document = parse("a: \ud800")
    assert [problem.rule for problem in document.problems] == ["yaml-syntax"]
    assert document.source == "a: ?"


SMALL = Limits(size=200, nodes=10, depth=4, expansion=3)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: " + "x" * 200, "at most 200 bytes"),
        ("a: [1, 2, 3, 4, 5, 6, 7, 8]", "at most 10 values"),
        ("a: [[[[1]]]]", "at most 4 levels of nesting"),
        ("a: &a [[1]]\nb: [[*a]]", "at most 4 levels of nesting"),
        ("a: &a [1,2,3]\nb: [*a,*a,*a,*a,*a,*a,*a,*a,*a]", "at most 3 times the size it is written in"),
        ("a: &a [*a]", None),
    ],
)
def test_each_limit_is_held(source: str, expected: str | None) -> None:
    document = parse(source, limits=SMALL)
    assert document.data is None
    assert [(problem.rule, problem.expected) for problem in document.problems] == [("yaml-limits", expected)]


@pytest.mark.parametrize(
    "source",
    [
        b"[" * 500_000,
        b"{" * 500_000,
        b"- " * 500_000,
        b"a: &a [x]\n" + b"".join(b"b%d: &b%d [*a,*a]\n" % (n, n) for n in range(5_000)),
        b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 12_000)),
        b"a: " + b"&a " * 300_000,
        b'"' + b"\\" * 1_000_000,
        b"? " * 400_000,
        b"a: 0x" + b"f" * 1_000_000,
    ],
    ids=["lists", "mappings", "items", "aliases", "growing", "anchors", "escapes", "keys", "number"],
)
def test_hostile_texts_are_refused_or_read_at_once(source: bytes) -> None:
    begin = perf_counter()
    document = parse(source)
    assert perf_counter() - begin < 10
    check_places(document._replace(problems=document.problems[:20]))


FRAGMENTS = st.sampled_from(
    [
        *(
            "id",
            "tasks",
            "é",
            "😀",
            "1",
            "true",
            "<<",
            "{{",
            "}}",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            ": ",
            "- ",
            "? ",
            "  ",
        ),
        *("&a", " *a", "!t ", "!!str ", "|\n", ">-\n", "'", '"', "#", "%", "@", "\t", "\n", "\r\n", "\r"),
        *("---\n", "...\n", "\u2028", "\x85", "\ufeff"),
    ]
)


@given(
    st.one_of(
        st.binary(),
        st.lists(FRAGMENTS).map("".join).map(str.encode),
        st.text().map(lambda text: text.encode(errors="replace")),
    )
)
def test_any_bytes_are_a_document_whose_problems_have_places(source: bytes) -> None:
    check_places(parse(source))


@given(st.text())
def test_any_text_is_a_document(source: str) -> None:
    check_places(parse(source))


PATHS = st.lists(st.one_of(st.integers(-2, 3), st.sampled_from(["id", "tasks", "a", "b"]))).map(tuple)


@given(st.lists(FRAGMENTS).map("".join), PATHS, st.booleans())
def test_every_span_lies_in_the_text(source: str, path: Path, key: bool) -> None:
    document = parse(source)
    check_span(document, document.span(path, key=key))


TEXTS = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]))
KEYS = st.text("abc-_. é", min_size=1, max_size=5)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
)


@given(st.dictionaries(KEYS, VALUES))
def test_json_is_read_as_it_is(value: dict[str, object]) -> None:
    document = parse(json.dumps(value))
    assert document.data == value
    assert document.problems == ()


@given(st.lists(FRAGMENTS).map("".join))
def test_what_was_read_without_a_problem_is_read_the_same_from_its_json(source: str) -> None:
    document = parse(source)
    if not document.problems:
        assert parse(json.dumps(document.data, ensure_ascii=False)).data == document.data


def check_places(document: Document) -> None:
    for problem in document.problems:
        check_span(document, problem.span)
        if problem.related is not None:
            check_span(document, problem.related)
    if document.data is None:
        assert document.problems


def check_span(document: Document, span: Span) -> None:
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    for line, column in ((span.line, span.column), (span.end_line, span.end_column)):
        lines = document.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
        assert document.line(line) == lines[line - 1]
