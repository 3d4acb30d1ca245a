"""The task type storage.Reverse."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.storage.reverse import Reverse
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.storage.Reverse"


def reverse(context: RecordingContext, text: bytes, **properties: object) -> bytes:
    context.stored = {"kestra:///in.txt": text}
    task = read_task(TYPE, from_="kestra:///in.txt", **properties)
    assert isinstance(task, Reverse)
    uri = task.run(context).uri
    assert uri.endswith(".txt")
    return context.stored[uri]


@pytest.mark.parametrize(
    ("text", "reversed_"),
    [
        (b"1\n2\n3\n", b"3\n2\n1\n"),
        (b"1\n2\n3", b"3\n2\n1\n"),
        (b"1\r\n2\r\n", b"2\n1\n"),
        (b"1\n\n2\n", b"2\n\n1\n"),
        (b"\n1\n", b"1\n\n"),
        (b"\n", b"\n"),
        (b"", b""),
        ("ą\nć\n".encode(), "ć\ną\n".encode()),
    ],
)
def test_the_last_line_comes_first(context: RecordingContext, text: bytes, reversed_: bytes) -> None:
    assert reverse(context, text) == reversed_


def test_the_separator_is_written_in_the_charset(context: RecordingContext) -> None:
    assert reverse(context, b"1\n2\n", separator="é", charset="ISO-8859-1") == b"2\xe91\xe9"


@pytest.mark.parametrize("charset", ["UTF-16", "klingon"])
def test_a_charset_without_plain_line_ends_fails(context: RecordingContext, charset: str) -> None:
    with pytest.raises(TaskFailed, match=f"charset: expected a character set .* such as UTF-8, found `{charset}`"):
        reverse(context, b"1\n", charset=charset)


def test_the_address_is_required() -> None:
    assert refusal(TYPE) == "from: Field required"


def test_the_old_name_is_the_same_type() -> None:
    assert isinstance(read_task("io.kestra.core.tasks.storages.Reverse", from_="kestra:///a"), Reverse)
