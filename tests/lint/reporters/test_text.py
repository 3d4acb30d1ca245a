"""The text that people read, to the letter."""

from __future__ import annotations

from gitops.language.position import Span
from gitops.lint.finding import Edit, Finding, Fix, Related, Severity
from gitops.lint.report import Report
from gitops.lint.reporters.text import render
from gitops.lint.telling.excerpts import MOST_CELLS, MOST_LINES
from gitops.lint.telling.paragraphs import MOST_CHARACTERS
from gitops.lint.telling.summing_up import summary
from gitops.lint.telling.view import View

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


def text(*findings: Finding, files: int = 1, view: View = View()) -> str:  # noqa: B008 - it never changes
    return "".join(render(Report(findings, files), view))


def finding(span: Span, excerpt: str | None) -> Finding:
    return Finding("some-rule", Severity.INFO, "so", "a.yml", span, excerpt=excerpt)


def test_a_finding_reads_like_this() -> None:
    assert text(TYPO, files=12) == (
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
    assert "  related: a.yml:3:5: first\n" in text(related)


def marks(span: Span, excerpt: str) -> str:
    return text(finding(span, excerpt)).splitlines()[2]


def test_the_marks_stand_under_the_span() -> None:
    assert marks(Span(1, 3, 1, 5), "abcdef") == "    |   ^^"
    assert marks(Span(10, 3, 10, 5), "abcdef") == "     |   ^^"
    assert marks(Span(1, 2, 1, 3), "\tab") == "    |     ^"
    assert marks(Span(1, 1, 1, 3), "\tab") == "    | ^^^^^"
    assert marks(Span(1, 3, 1, 4), "日本語") == "    |     ^^"
    assert marks(Span(1, 2, 1, 3), "e\u0301a") == "    |  ^"
    assert marks(Span(1, 3, 1, 4), "e\u0301a") == "    |  ^"
    assert marks(Span(1, 2, 1, 3), "🐙a") == "    |   ^"
    assert marks(Span(1, 3, 4, 2), "abcdef") == "    |   ^^^^"
    assert marks(Span(1, 7, 1, 7), "abcdef") == "    |       ^"
    assert marks(Span(1, 50, 1, 60), "abc") == "    |    ^"


def test_a_line_that_is_too_long_or_empty_is_left_out() -> None:
    for excerpt in (None, "", "   "):
        assert len(text(finding(Span(1, 1, 1, 1), excerpt)).splitlines()) == 2


def test_nothing_that_a_terminal_obeys_is_printed() -> None:
    hostile = Finding("r", Severity.ERROR, "\x1b[2J", "\x1b]0;x", Span(1, 1, 1, 2), found="\u202e", excerpt="\x07a")
    printed = text(hostile)
    assert not any(character in printed for character in "\x1b\x07\u202e")


def test_colours_are_only_there_when_asked_for() -> None:
    assert "\x1b[31merror:\x1b[0m" in text(TYPO, view=View(color=True))
    assert "\x1b" not in text(TYPO)


def test_a_long_line_is_shown_around_what_is_marked() -> None:
    line = "a" * 300
    for column in (1, 150, 300):
        _, shown, below = text(finding(Span(1, column, 1, column + 1), line)).splitlines()[:3]
        assert len(shown) <= MOST_CELLS + 10
        assert len(below) <= len(shown)
        assert shown[below.index("^")] == "a"


def test_a_long_text_is_cut_off() -> None:
    assert len(max(text(TYPO._replace(found="x" * 9_999)).splitlines(), key=len)) < MOST_CHARACTERS + 20


def test_the_name_of_a_rule_leads_to_its_page_where_links_are_followed() -> None:
    linked = text(TYPO, view=View(links=True))
    assert "\x1b]8;;https://gitops.dev/rules/unknown-property\x1b\\[unknown-property]\x1b]8;;\x1b\\" in linked
    assert "\x1b]8" not in text(SMALL, view=View(links=True)), "some-rule has no page"


def mended(source: str, *edits: Edit, safe: bool = True) -> list[str]:
    """What is shown of a fix."""
    one = SMALL._replace(excerpt="a line", fix=Fix("do so", edits, safe=safe))
    lines = text(one, view=View(texts=lambda _: source)).splitlines()
    return lines[next(at for at, line in enumerate(lines) if line.startswith("  fix")) : -1]


def test_a_fix_is_shown_as_a_difference() -> None:
    source = "id: a\nlvel: WARN\nb: c\n"
    assert mended(source, Edit(Span(2, 1, 2, 5), "level")) == [
        "  fix: do so",
        "  2 - lvel: WARN",
        "  2 + level: WARN",
    ]
    assert mended(source, Edit(Span(2, 1, 3, 1), ""), safe=False) == ["  fix (unsafe): do so", "  2 - lvel: WARN"]
    assert mended(source, Edit(Span(4, 1, 4, 1), "d: e\n")) == ["  fix: do so", "  4 + d: e"]
    assert mended(source, Edit(Span(1, 5, 1, 6), "x"), Edit(Span(3, 4, 3, 5), "y")) == [
        "  fix: do so",
        "  1 - id: a",
        "  1 + id: x",
        "  3 - b: c",
        "  3 + b: y",
    ]


def test_a_fix_of_a_line_with_a_secret_does_not_show_it() -> None:
    lines = mended("password: hunter2\n", Edit(Span(1, 11, 1, 18), "'hunter2'"))
    assert not any("hunter2" in line for line in lines)


def test_a_large_fix_is_shown_in_part() -> None:
    lines = mended("a: b\n", Edit(Span(1, 1, 1, 1), "# x\n" * 100))
    assert len(lines) == MOST_LINES + 2
    assert lines[-1] == f"  … and {100 - MOST_LINES} more lines"


def test_the_last_line_says_what_can_be_fixed() -> None:
    safe = SMALL._replace(fix=Fix("do so", (Edit(SMALL.span, "x"),), safe=True))
    unsafe = SMALL._replace(fix=Fix("do so", (Edit(SMALL.span, "x"),)))
    found = "1 warning in 1 of 1 file"
    assert summary(Report((SMALL,), 1)) == found
    assert summary(Report((safe,), 1)) == f"{found} · 1 can be fixed with `gitops lint --fix`"
    assert summary(Report((unsafe,), 1)) == f"{found} · 1 can be fixed with `gitops lint --fix --unsafe`"
    assert summary(Report((safe, safe, unsafe), 1)).endswith(
        "2 can be fixed with `gitops lint --fix`, 1 more with `--unsafe`"
    )


def test_statistics_stand_in_for_the_findings() -> None:
    report = text(TYPO, SMALL, TYPO, view=View(statistics=True)).splitlines()
    assert report[:2] == ["2  error    unknown-property", "1  warning  some-rule"]


def test_quiet_is_silent_about_what_is_no_finding() -> None:
    assert text(view=View(quiet=True)) == ""
    assert text(TYPO, view=View(quiet=True)).endswith("did you mean `message`?\n")
