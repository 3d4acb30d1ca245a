"""Files of internal storage in the working directory."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import NotFound, TaskFailed
from gitops.tasks.storage.files import extension, fetch, new_file, rows
from tests.tasks.recording_context import RecordingContext


def test_a_fetched_file_keeps_its_extension_and_takes_no_name_twice(context: RecordingContext) -> None:
    context.stored = {"kestra:///a/b.csv": b"1", "kestra:///c/b.csv": b"2"}
    first, second = (fetch(context, uri, property="from") for uri in context.stored)
    assert (first.suffix, first.read_bytes(), second.read_bytes()) == (".csv", b"1", b"2")
    assert first.parent == context.working_directory


@pytest.mark.parametrize("uri", ["/etc/passwd", "file:///etc/passwd", "https://example.com/x", ""])
def test_only_addresses_of_internal_storage_are_fetched(context: RecordingContext, uri: str) -> None:
    with pytest.raises(TaskFailed) as failure:
        fetch(context, uri, property="from")
    assert str(failure.value) == f"from: expected an address that starts with `kestra://`, found `{uri}`"


def test_a_file_that_is_not_there_fails(context: RecordingContext) -> None:
    with pytest.raises(NotFound):
        fetch(context, "kestra:///gone.txt", property="from")


def test_an_extension_leads_nowhere_else(context: RecordingContext) -> None:
    with pytest.raises(TaskFailed, match=r"extension: expected an extension such as `.txt`, found `/../../x`"):
        new_file(context, "a", "/../../x")


@pytest.mark.parametrize(
    ("uri", "found"), [("kestra:///a/b.csv", ".csv"), ("kestra:///a.b/c", ""), ("kestra:///a.tar.gz", ".gz")]
)
def test_extensions(uri: str, found: str) -> None:
    assert extension(uri) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [(b"", []), (b"a", [b"a"]), (b"a\n\nb\r\n", [b"a", b"", b"b"]), (b"a\rb\n", [b"a\rb"])],
)
def test_rows_are_lines_without_their_ends(tmp_path: Path, text: bytes, found: list[bytes]) -> None:
    file = tmp_path / "file"
    file.write_bytes(text)
    assert list(rows(file)) == found
