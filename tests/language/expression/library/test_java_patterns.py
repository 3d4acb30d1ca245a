"""Java's regular expressions in the words of the engines that search."""

from __future__ import annotations

import pytest

from gitops.language.expression.library.java_patterns import ends_before_line_end, to_re2, to_regex

ANY = "[^\n\r\x85\u2028\u2029]"


@pytest.mark.parametrize(
    ("pattern", "for_re2", "for_regex"),
    [
        ("abc", "abc", "abc"),
        (r"\Qa.b\E+", r"a\x{2E}b+", r"a\U0000002Eb+"),
        (r"\Qa.", r"a\x{2E}", r"a\U0000002E"),
        (r"\x{1F600}\u00e9\x41\012", r"\x{1F600}\x{E9}\x{41}\x{A}", r"\U0001F600\U000000E9\U00000041\U0000000A"),
        (r"\cA\e", r"\x{1}\x1B", r"\U00000001\x1B"),
        (r"\d\w", r"\d\w", "[0-9][a-zA-Z0-9_]"),
        (r"\s[\s]", r"[\t\n\x0B\f\r ][\t\n\x0B\f\r ]", r"[\t\n\x0B\f\r ][[\t\n\x0B\f\r ]]"),
        (r"\p{Alpha}[\p{Digit}x]", "[a-zA-Z][0-9x]", "[a-zA-Z][0-9x]"),
        (r"\P{Upper}\p{IsLatin}\p{IsAlphabetic}", r"[^A-Z]\p{Latin}\p{L}", r"[^A-Z]\p{Latin}\p{L}"),
        ("a.b", f"a{ANY}b", f"a{ANY}b"),
        ("(?s)a.b", "(?s)a.b", "(?s)a.b"),
        ("[.]", "[.]", "[.]"),
        ("(?iu:a)(?u)b", "(?i:a)(?:)b", "(?i:a)(?:)b"),
        ("(?<n>a)", "(?<n>a)", "(?<n>a)"),
        (r"(?<n>a)\k<n>", None, "(?<n>a)(?P=n)"),
        (r"(a)\1", None, r"(a)\1"),
        ("[a-z&&[^b]]", None, "[a-z&&[^b]]"),
        ("[a[b]]", None, "[a[b]]"),
        ("[[:alpha:]]", "[[:alpha:]]", "[[:alpha:]]"),
        (r"a\Z", None, "a(?=(?:\\r\\n|[\n\r\x85\u2028\u2029])?\\Z)"),
        (r"a\z", r"a\z", r"a\Z"),
        (r"\h\R", None, r"\h\R"),
        (r"[\S]", None, r"[[^\t\n\x0B\f\r ]]"),
    ],
)
def test_what_java_means(pattern: str, for_re2: str | None, for_regex: str) -> None:
    assert to_re2(pattern) == for_re2
    assert to_regex(pattern) == for_regex


def test_only_a_dollar_can_stand_before_the_last_line_end() -> None:
    assert ends_before_line_end("a$")
    assert not ends_before_line_end(r"a\z")
