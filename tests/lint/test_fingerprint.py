"""What a finding is known by from one run to the next."""

from __future__ import annotations

from gitops.language.position import Span
from gitops.lint.finding import Finding, Severity
from gitops.lint.fingerprint import fingerprints

ONE = Finding("some-rule", Severity.ERROR, "so", "a.yml", Span(1, 1, 1, 2), excerpt="a: b", anchor="tasks.greet")


def test_lines_may_move() -> None:
    moved = ONE._replace(span=Span(9, 3, 9, 4), excerpt="  a: b  # now", severity=Severity.INFO)
    assert fingerprints([moved]) == fingerprints([ONE])


def test_rules_files_places_and_messages_make_a_difference() -> None:
    others = [
        ONE._replace(rule="other-rule"),
        ONE._replace(file="b.yml"),
        ONE._replace(anchor="tasks.wait"),
        ONE._replace(message="of `another`"),
        ONE._replace(excerpt="b: b"),
    ]
    assert len({*fingerprints([ONE, *others])}) == 6


def test_a_file_may_be_renamed_and_a_message_be_worded_anew() -> None:
    one = ONE._replace(flow="company.team.hello", message="no `type` here")
    assert fingerprints([one._replace(file="b.yml", message="a `type` is missing")]) == fingerprints([one])


def test_quotes_and_comments_make_no_difference() -> None:
    plain = ONE._replace(span=Span(1, 4, 1, 5))
    quoted = ONE._replace(span=Span(1, 4, 1, 7), excerpt="a: 'b'")
    assert fingerprints([plain]) == fingerprints([quoted])
    task = ONE._replace(span=Span(1, 3, 4, 1), excerpt="- id: greet")
    assert fingerprints([task]) == fingerprints([task._replace(excerpt="- id: greet  # as it was")])


def test_without_a_place_the_line_says_which_is_meant() -> None:
    lines = [ONE._replace(anchor="", excerpt=excerpt) for excerpt in ("a", "b", "  a")]
    first, second, third = (fingerprints([line])[0] for line in lines)
    assert first == third != second


def test_those_that_agree_are_counted() -> None:
    first, second, third = fingerprints([ONE, ONE, ONE])
    assert len({first, second, third}) == 3
    assert first == fingerprints([ONE])[0]
