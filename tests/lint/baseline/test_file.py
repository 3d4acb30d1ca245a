"""The text of a baseline."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.errors import InvalidSettings
from gitops.lint.baseline.file import baseline_text, read_baseline
from gitops.lint.report import Entry

ONE = Entry("f1", "large-file", "a.one", "", "2026-01-01")
TWO = Entry("f2", "unknown-property", "a.one", "tasks.t.lvel", "2026-02-01")


def test_it_is_sorted_and_has_a_finding_on_each_line() -> None:
    text = baseline_text([TWO, ONE, TWO])
    assert text == baseline_text([ONE, TWO])
    assert text.splitlines()[3:5] == [
        '    {"flow": "a.one", "rule": "large-file", "anchor": "", "firstSeen": "2026-01-01", "fingerprint": "f1"},',
        (
            '    {"flow": "a.one", "rule": "unknown-property", "anchor": "tasks.t.lvel", '
            '"firstSeen": "2026-02-01", "fingerprint": "f2"}'
        ),
    ]
    assert json.loads(text)["version"] == 1


def test_it_may_be_empty() -> None:
    assert read_baseline("b.json", baseline_text([]).encode()).entries == ()


@given(st.lists(st.builds(Entry, *([st.text(max_size=6)] * 5)), max_size=5))
def test_what_is_written_is_read(entries: list[Entry]) -> None:
    assert set(read_baseline("b.json", baseline_text(entries).encode(errors="surrogatepass")).entries) == set(entries)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{\n"a"', "b.json:2: this is no JSON; when it has marks of a merge, write it anew"),
        ("<<<<<<< HEAD\n", "b.json:1: this is no JSON; when it has marks of a merge, write it anew"),
        ("[]", "b.json: expected a mapping with a list of `findings`, found something else; write it anew"),
        ('{"version": 2, "findings": []}', "b.json: expected version 1, found `2`; write it anew"),
        (
            '{"version": 1, "findings": [1]}',
            "b.json: expected texts `flow`, `rule`, `anchor`, `firstSeen`, `fingerprint` in finding 1",
        ),
        ('{"version": 1, "findings": [{"rule": "a"}]}', "b.json: expected texts `flow`"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, expected: str) -> None:
    with pytest.raises(InvalidSettings) as refusal:
        read_baseline("b.json", text.encode())
    assert str(refusal.value).startswith(expected)
    assert str(refusal.value).endswith("with `gitops baseline update`")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InvalidSettings):
        read_baseline("b.json", b"\xff")
