"""Where a body of several flows is cut."""

from __future__ import annotations

import pytest

from gitops.server.documents import split_documents


@pytest.mark.parametrize(
    ("body", "documents"),
    [
        (b"", [b""]),
        (b"id: a", [b"id: a"]),
        (b"---\nid: a\n---\n", [b"---\nid: a\n---\n"]),
        (b"id: a\n---\nid: b\n", [b"id: a\n", b"id: b\n"]),
        (b"id: a\r\n---\r\nid: b", [b"id: a\r\n", b"id: b"]),
        (b"id: a\n--- # second\nid: b", [b"id: a\n", b" # second\nid: b"]),
        (b"a: |\n  ---\n----\n---x\n", [b"a: |\n  ---\n----\n---x\n"]),
    ],
)
def test_a_body_is_cut_where_a_line_begins_with_a_marker(body: bytes, documents: list[bytes]) -> None:
    assert split_documents(body) == documents


def test_what_is_blank_is_no_document_and_the_lines_below_keep_their_numbers() -> None:
    """A client joins files with markers; the second of these files began with a comment and a marker of its own."""
    second = b"# ours\n---\nid: b\n"
    first, other = split_documents(b"id: a\n---\n" + second + b"---\n")
    assert first == b"id: a\n"
    assert other.splitlines().index(b"id: b") == second.splitlines().index(b"id: b")
    assert b"# ours" in other


def test_a_directive_is_no_document() -> None:
    assert split_documents(b"id: a\n---\n%YAML 1.2\n---\nid: b") == [b"id: a\n", b"#YAML 1.2\n\nid: b"]
