"""What comments say, and what stands in texts that only looks like it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gitops.language.document import parse
from gitops.language.position import Span
from gitops.lint.suppression.reading import suppressions
from gitops.lint.suppression.suppression import Named, Suppression


def read(text: str) -> list[Suppression]:
    return list(suppressions(parse(text)))


def said(comment: str) -> Suppression:
    (found,) = read(f"a: 1\nb: 2  {comment}\n")
    return found


def test_a_rule() -> None:
    assert said("# gitops: ignore[large-file]") == Suppression(
        Span(2, 7, 2, 35), (Named("large-file", Span(2, 24, 2, 34)),), first=2, last=2
    )


def test_everything() -> None:
    found = said('#gitops:ignore [ a ,b-c ]  reason="it is \\"so\\" # there"  until=2027-03-01  # and more')
    assert [named.rule for named in found.rules] == ["a", "b-c"]
    assert (found.reason, found.until) == ('it is "so" # there', "2027-03-01")
    assert found.mistake is None


def test_a_reason_may_be_in_either_quotes_or_be_a_word() -> None:
    assert said("# gitops: ignore[a] reason='b c'").reason == "b c"
    assert said("# gitops: ignore[a] reason=OPS-812").reason == "OPS-812"
    assert said("# gitops: ignore[a] reason=").reason is None
    assert said('# gitops: ignore[a] reason=" "').reason is None


def test_behind_another_comment() -> None:
    assert [named.rule for named in said("# old  # gitops: ignore[a]").rules] == ["a"]
    assert read("a: 1  # see gitops: ignore[a]\n") == []
    assert read("a: 1  # old#gitops: ignore[a]\n") == []


def test_for_the_whole_file() -> None:
    (found,) = read("# gitops: file-ignore[a]\na: 1\n")
    assert found.everywhere
    assert found.reaches(Span(99, 1, 99, 2))


def test_what_it_reaches() -> None:
    (found,) = read("a:\n  # gitops: ignore[x]\n  - b: 1\n    c:\n      d: 1\ne: 1\n")
    assert [line for line in range(1, 7) if found.reaches(Span(line, 1, line, 2))] == [3, 4, 5]
    (found,) = read("# gitops: ignore[x]\na:\n  b: 1\n")
    assert found.reaches(Span(2, 1, 2, 2))
    assert not found.reaches(Span(3, 3, 3, 4))
    assert found.reaches(Span(3, 3, 3, 7))


def test_with_a_mistake_it_is_for_nothing() -> None:
    found = said("# gitops: ignore[a] until=soon")
    assert found.mistake == "`soon` is no day"
    assert (found.rules, found.first, found.everywhere) == ((), 0, False)


def test_the_first_mistake_is_told() -> None:
    assert said("# gitops: ignore[a] until=soon reson=b and more").mistake == "`soon` is no day"


def test_a_text_that_cannot_be_read_has_none() -> None:
    assert read("# gitops: file-ignore[a]\na: [\n") == []


_WORDS = st.sampled_from(
    [
        "gitops:",
        "ignore",
        "file-ignore",
        "[",
        "]",
        "a",
        "b-c",
        ",",
        " ",
        "until=",
        "reason=",
        '"',
        "'",
        "\\",
        "#",
        "x",
        "2027-01-01",
        "é",
        "😀",
    ]
)


@given(st.lists(_WORDS, max_size=14).map("".join))
def test_whatever_a_comment_says_it_is_read(words: str) -> None:
    for found in read(f"a: 1  # gitops: {words}\n"):
        line = f"a: 1  # gitops: {words}"
        assert found.span.line == found.span.end_line == 1
        assert line[found.span.column - 1 :].startswith("#")
        assert (found.mistake is None) == bool(found.rules)
        for named in found.rules:
            assert line[named.span.column - 1 : named.span.end_column - 1] == named.rule


@given(st.sampled_from(['"{}"', "'{}'", "|\n  {}\n", ">-\n  x\n  {}\n", "x{}"]))
def test_within_a_text_nothing_is_said(form: str) -> None:
    assert (
        read("a: " + form.format("# gitops: ignore[a]" if "\n" in form or form[0] in "'\"" else "#gitops: ignore[a]"))
        == []
    )
