"""Mending many files: rounds, files that speak about each other, and what stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from gitops.language.position import START
from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.mending import Mending, mend_files, text_of
from gitops.lint.offsets import Offsets
from gitops.lint.report import Report
from gitops.lint.source import Blob, SourceFile


def words(files: Sequence[SourceFile], *, better: dict[str, str], together: bool) -> Report:
    """A linter that knows better words, and for which the word `one` may be in one file only."""
    found = [finding for file in files for finding in _quiet(file, better)]
    holders = [file.path for file in files if "one" in (text_of(file) or "")]
    if together and len(holders) > 1:
        found += [Finding("only-one", Severity.ERROR, "no", path, START) for path in holders]
    return Report(tuple(found), len(files))


def _quiet(file: SourceFile, better: dict[str, str]) -> Iterator[Finding]:
    text = (text_of(file) or "").removeprefix("\ufeff")
    for word, new in better.items():
        for match in re.finditer(word, text):
            span = Offsets(text).span(*match.span())
            yield Finding(word, Severity.INFO, "so", file.path, span, fix=Fix("so", (Edit(span, new),), safe=True))


def mended(texts: dict[str, bytes], better: dict[str, str]) -> Mending:
    def together(files: Sequence[SourceFile]) -> Report:
        return words(files, better=better, together=True)

    def alone(files: Sequence[SourceFile]) -> Report:
        return words(files, better=better, together=False)

    files = [SourceFile(path, source) for path, source in texts.items()]
    return mend_files(files, together(files), together, alone, unsafe=False)


def contents(mending: Mending) -> dict[str, object]:
    return {file.path: file.source for file in mending.files}


def test_every_file_is_mended_until_nothing_changes() -> None:
    mending = mended({"a": b"x y", "b": b"y", "c": b"z"}, {"x": "y", "y": "w"})
    assert contents(mending) == {"a": b"w w", "b": b"w", "c": b"z"}
    assert sorted(mending.changed) == ["a", "b"]
    assert mending.made == 4
    assert mending.report.findings == ()


def test_a_file_that_would_bring_an_error_elsewhere_stays_as_it_was() -> None:
    mending = mended({"a": b"eins x", "b": b"one", "c": b"x"}, {"eins": "one", "x": "y"})
    assert contents(mending) == {"a": b"eins x", "b": b"one", "c": b"y"}
    reasons = {each.reason for each in mending.left_out}
    assert reasons == {"together with the other files it would bring the error `only-one`"}
    assert not any(finding.severity is Severity.ERROR for finding in mending.report.findings)


def test_the_byte_order_mark_stays() -> None:
    assert contents(mended({"a": b"\xef\xbb\xbfx\r\n"}, {"x": "y"})) == {"a": b"\xef\xbb\xbfy\r\n"}


def test_what_is_no_text_is_not_touched() -> None:
    assert text_of(SourceFile("a", b"\xff")) is None
    assert text_of(SourceFile("a", b" " * (1 << 21))) is None
    assert text_of(SourceFile("a", None)) is None
    assert text_of(SourceFile("a", Blob("1", lambda: b"x"))) == "x"


TEXTS = st.text("xyzone ", max_size=6).map(str.encode)
BETTER = st.dictionaries(st.sampled_from(["x", "y", "xy"]), st.sampled_from(["", "z", "one", "y"]), max_size=3)


@given(st.dictionaries(st.sampled_from("abc"), TEXTS), BETTER)
def test_what_was_mended_needs_no_mending(texts: dict[str, bytes], better: dict[str, str]) -> None:
    first = mended(texts, better)
    again = mended({file.path: bytes(file.source or b"") for file in first.files}, better)  # type: ignore[arg-type]  # they are bytes
    assert contents(again) == contents(first)
    assert again.made == 0
