"""What is deleted with a comment that suppresses nothing."""

from __future__ import annotations

import pytest

from gitops.language.document import parse
from gitops.lint.fixing import apply
from gitops.lint.suppression.reading import suppressions
from gitops.lint.suppression.removal import removal, removal_of_name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1  # gitops: ignore[x]\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1  # gitops: ignore[x]  # more\nb: 2\n", "a: 1  # more\nb: 2\n"),
        ("a: 1  # more  # gitops: ignore[x]\nb: 2\n", "a: 1  # more\nb: 2\n"),
        ("b: 2\n  # gitops: ignore[x]  \na: 1\n", "b: 2\na: 1\n"),
        ("  # gitops: ignore[x]  # more\na: 1\n", "  # more\na: 1\n"),
        ("a: |  # gitops: ignore[x]\n  b\n", "a: |\n  b\n"),
        ("a: 1\n# gitops: ignore[x]", "a: 1\n"),
        ("a: 1\r\n# gitops: ignore[x]\r\nb: 1\r\n", "a: 1\r\nb: 1\r\n"),
    ],
)
def test_a_comment(before: str, after: str) -> None:
    document = parse(before)
    (found,) = suppressions(document)
    fix = removal(document, found.span)
    assert fix.safe
    assert apply(before, fix.edits) == after
    assert parse(after).data == document.data


@pytest.mark.parametrize(("name", "after"), [("x", "[y, z]"), ("y", "[x, z]"), ("z", "[x, y]")])
def test_a_name(name: str, after: str) -> None:
    before = "a: 1  # gitops: ignore[x, y, z]\n"
    (found,) = suppressions(parse(before))
    named = next(each for each in found.rules if each.rule == name)
    assert apply(before, removal_of_name(found.rules, named).edits) == f"a: 1  # gitops: ignore{after}\n"
