"""The text that people read, to the letter."""

from __future__ import annotations

from gitops.language.position import Span
from gitops.lint.finding import Finding, Related, Severity
from gitops.lint.report import Report
from gitops.lint.reporters.text import render, summary

TYPO = Finding(
    "unknown-property",
    Severity.ERROR,
    "unknown property `mesage`",
    "flows/company/team/hello.yml",
    Span(7, 5, 7, 11),
    expected="one of `message`, `level`",
    found="`mesage`",
    help="did you mean `message`?",
    excerpt="    mesage: Hello",
)
SMALL = Finding("some-rule", Severity.WARNING, "so", "a.yml", Span(1, 1, 1, 1))


def finding(span: Span, excerpt: str | None) -> Finding:
    return Finding("some-rule", Severity.INFO, "so", "a.yml", span, excerpt=excerpt)


def test_a_finding_reads_like_this() -> None:
    assert render(Report((TYPO,), files=12), color=False) == (
        "flows/company/team/hello.yml:7:5: error: unknown property `mesage` [unknown-property]\n"
        "  7 |     mesage: Hello\n"
        "    |     ^^^^^^\n"
        "  expected: one of `message`, `level`\n"
        "  found: `mesage`\n"
        "  help: did you mean `message`?\n"
        "1 error in 1 of 12 files\n"
    )


def test_the_last_line_sums_up() -> None:
    assert summary(Report((), files=12)) == "12 files, no findings"
    assert summary(Report((), files=1, skipped=3)) == "1 file, no findings (3 skipped)"
    assert summary(Report((TYPO, TYPO, SMALL), files=12)) == "2 errors, 1 warning in 2 of 12 files"
    assert summary(Report((finding(Span(1, 1, 1, 1), None),), files=1)) == "1 info in 1 of 1 file"


def test_a_second_place_has_a_line() -> None:
    related = Finding(
        "r", Severity.ERROR, "m", "b.yml", Span(1, 1, 1, 1), related=(Related("a.yml", Span(3, 5, 3, 6), "first"),)
    )
    assert "  related: a.yml:3:5: first\n" in render(Report((related,), files=2), color=False)


def marks(span: Span, excerpt: str) -> str:
    return render(Report((finding(span, excerpt),), files=1), color=False).splitlines()[2]


def test_the_marks_stand_under_the_span() -> None:
    assert marks(Span(1, 3, 1, 5), "abcdef") == "    |   ^^"
    assert marks(Span(10, 3, 10, 5), "abcdef") == "     |   ^^"
    assert marks(Span(1, 2, 1, 3), "\tab") == "    | \t^"
    assert marks(Span(1, 3, 4, 2), "abcdef") == "    |   ^^^^"
    assert marks(Span(1, 7, 1, 7), "abcdef") == "    |       ^"
    assert marks(Span(1, 50, 1, 60), "abc") == "    |    ^"


def test_a_line_that_is_too_long_or_empty_is_left_out() -> None:
    for excerpt in (None, "", "   "):
        assert len(render(Report((finding(Span(1, 1, 1, 1), excerpt),), files=1), color=False).splitlines()) == 2


def test_nothing_that_a_terminal_obeys_is_printed() -> None:
    hostile = Finding("r", Severity.ERROR, "\x1b[2J", "\x1b]0;x", Span(1, 1, 1, 2), found="\u202e", excerpt="\x07a")
    text = render(Report((hostile,), files=1), color=False)
    assert not any(character in text for character in "\x1b\x07\u202e")


def test_colours_are_only_there_when_asked_for() -> None:
    assert "\x1b[31merror:\x1b[0m" in render(Report((TYPO,), files=1), color=True)
    assert "\x1b" not in render(Report((TYPO,), files=1), color=False)
