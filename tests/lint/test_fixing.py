"""Mending a text: edits, rounds, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.fixing import MOST_ROUNDS, apply, fixable, mend, mend_once, spanning
from gitops.lint.offsets import Offsets

TEXT = "id: a\nnamespace: b\n"


def edit(text: str, start: int, end: int, new: str) -> Edit:
    return Edit(Offsets(text).span(start, end), new)


def finding(*edits: Edit, rule: str = "some-rule", safe: bool = True, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(rule, severity, "so", "a.yml", edits[0].span, fix=Fix("mend it", edits, safe=safe))


class Words:
    """A linter for which each of these words is a finding that its fix replaces; `wrong` words are errors."""

    def __init__(self, words: dict[str, str], *, wrong: str | None = None) -> None:
        self.words = words
        self.wrong = wrong

    def __call__(self, text: str) -> Sequence[Finding]:
        return [*self._fixable(text), *self._errors(text)]

    def _fixable(self, text: str) -> Iterator[Finding]:
        for word, better in self.words.items():
            for match in re.finditer(re.escape(word), text):
                yield finding(edit(text, *match.span(), better), rule=f"not-{word}")

    def _errors(self, text: str) -> Iterator[Finding]:
        for match in re.finditer(self.wrong or r"(?!)", text):
            yield Finding("wrong", Severity.ERROR, "no", "a.yml", Offsets(text).span(*match.span()))


def test_edits_are_made_in_whatever_order_they_come() -> None:
    edits = [edit(TEXT, 0, 2, "identity"), edit(TEXT, 4, 5, "c"), edit(TEXT, 6, 6, "# new\n")]
    for order in (edits, edits[::-1]):
        assert apply(TEXT, order) == "identity: c\n# new\nnamespace: b\n"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply(TEXT, [edit(TEXT, 0, 3, "x"), edit(TEXT, 2, 4, "y")])


def test_the_same_edit_twice_is_made_once() -> None:
    assert apply(TEXT, [edit(TEXT, 0, 0, "# x\n")] * 2) == "# x\n" + TEXT


def test_new_lines_end_as_most_lines_of_the_text_do() -> None:
    text = TEXT.replace("\n", "\r\n")
    assert apply(text, [edit(text, 0, 0, "# x\n")]) == "# x\r\n" + text
    assert apply(TEXT, [edit(TEXT, 0, 0, "# x\n")]) == "# x\n" + TEXT


def test_several_edits_are_one_over_what_lies_between() -> None:
    edits = [edit(TEXT, 4, 5, "c"), edit(TEXT, 0, 2, "identity")]
    one = spanning(TEXT, edits)
    assert one.text == "identity: c"
    assert apply(TEXT, [one]) == apply(TEXT, edits)


def test_only_safe_fixes_are_made_unless_others_are_asked_for() -> None:
    one, other = finding(edit(TEXT, 0, 2, "x")), finding(edit(TEXT, 4, 5, "y"), safe=False)
    assert fixable([one, other]) == [one]
    assert fixable([one, other], unsafe=True) == [one, other]


def test_fixes_that_meet_wait_for_the_next_round() -> None:
    check = Words({"ab": "b", "bc": "c"})
    assert mend_once("abc", check("abc"), check).text == "bc"
    mended = mend("abc", check("abc"), check)
    assert mended.text == "c"
    assert [each.rule for each in mended.made] == ["not-ab", "not-bc"]


def test_a_fix_that_would_bring_an_error_is_left_out_and_told() -> None:
    check = Words({"a": "1", "b": "2", "c": "3"}, wrong="2")
    mended = mend("a b c", check("a b c"), check)
    assert mended.text == "1 b 3"
    assert [(each.finding.rule, each.reason) for each in mended.left_out] == [
        ("not-b", "it would bring the error `wrong`")
    ]


def test_an_error_that_was_there_before_keeps_nothing_from_being_fixed() -> None:
    check = Words({"a": "1"}, wrong="2")
    assert mend("a 2", check("a 2"), check).text == "1 2"


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    check = Words({"a": "b", "b": "a"})
    assert mend("a", check("a"), check).text in {"a", "b"}
    growing = Words({"a": "aa"})
    assert len(mend("a", growing("a"), growing).text) == 2**MOST_ROUNDS


def test_a_fix_that_says_nothing_new_or_two_things_about_one_place_is_no_fix() -> None:
    same = finding(edit(TEXT, 0, 2, "id"))
    double = finding(edit(TEXT, 0, 3, "x"), edit(TEXT, 2, 4, "y"))
    assert mend(TEXT, [same, double], lambda _: []).made == ()


TEXTS = st.text(st.sampled_from("abé🐙\n\r\t "), max_size=20)


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text, and edits of it that do not meet."""
    text = draw(TEXTS)
    edits = []
    at = 0
    while at <= len(text) and draw(st.booleans()):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, len(text)))
        if not splits_a_line_end(text, start) and not splits_a_line_end(text, end):
            edits.append(edit(text, start, end, draw(TEXTS)))
        at = end + 1
    return text, edits


def splits_a_line_end(text: str, at: int) -> bool:
    return text[at - 1 : at + 1] == "\r\n"


@given(texts_with_edits(), st.randoms(use_true_random=False))
def test_the_order_of_edits_that_do_not_meet_changes_nothing(given_: tuple[str, list[Edit]], random: object) -> None:
    text, edits = given_
    shuffled = [*edits]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis calls its type private
    assert apply(text, shuffled) == apply(text, edits)
    if edits:
        assert apply(text, [spanning(text, edits)]) == apply(text, edits)


WORDS = st.text("abc", min_size=1, max_size=2)


@given(st.text("abc ", max_size=15), st.dictionaries(WORDS, st.text("xyz", max_size=2), max_size=4), st.none() | WORDS)
def test_what_was_mended_needs_no_mending(text: str, words: dict[str, str], wrong: str | None) -> None:
    check = Words(words, wrong=wrong)
    once = mend(text, check(text), check).text
    assert mend(once, check(once), check).text == once
