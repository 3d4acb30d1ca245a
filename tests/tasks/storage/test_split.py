"""The task type storage.Split."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.storage import split as module
from gitops.tasks.storage.split import Split
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.storage.Split"
LINES = b"a1\nb2\na3\nc4\na5\n"


def split(context: RecordingContext, how: dict[str, object], *, text: bytes = LINES) -> list[bytes]:
    context.stored = {"kestra:///in.txt": text}
    task = read_task(TYPE, from_="kestra:///in.txt", **how)
    assert isinstance(task, Split)
    return [context.stored[uri] for uri in task.run(context).uris]


@pytest.mark.parametrize(
    ("how", "parts"),
    [
        ({"rows": 2}, [b"a1\nb2\n", b"a3\nc4\n", b"a5\n"]),
        ({"rows": 9}, [LINES]),
        ({"bytes": 6}, [b"a1\nb2\n", b"a3\nc4\n", b"a5\n"]),
        ({"bytes": "7"}, [b"a1\nb2\na3\n", b"c4\na5\n"]),
        ({"bytes": 1}, [b"a1\n", b"b2\n", b"a3\n", b"c4\n", b"a5\n"]),
        ({"bytes": "1KB"}, [LINES]),
        ({"partitions": 2}, [b"a1\na3\na5\n", b"b2\nc4\n"]),
        ({"partitions": 9}, [b"a1\n", b"b2\n", b"a3\n", b"c4\n", b"a5\n"]),
        ({"regexPattern": "^([ab])"}, [b"a1\na3\na5\n", b"b2\n"]),
        ({"regexPattern": "(z)"}, []),
        ({"rows": 2, "separator": ";"}, [b"a1;b2;", b"a3;c4;", b"a5;"]),
        ({"regexPattern": "(c)", "bytes": 1, "partitions": 2, "rows": 1}, [b"c4\n"]),
        ({"bytes": 9, "partitions": 2, "rows": 1}, [b"a1\nb2\na3\n", b"c4\na5\n"]),
    ],
    ids=str,
)
def test_lines_are_dealt_into_parts(context: RecordingContext, how: dict[str, object], parts: list[bytes]) -> None:
    assert split(context, how) == parts


@pytest.mark.parametrize("how", [{"rows": 2}, {"bytes": 2}, {"partitions": 2}, {"regexPattern": "(a)"}])
def test_an_empty_file_has_no_parts(context: RecordingContext, how: dict[str, object]) -> None:
    assert split(context, how, text=b"") == []


def test_many_parts_are_written_although_few_files_are_open(
    context: RecordingContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_OPEN_FILES", 2)
    text = b"".join(b"%d\n" % (number % 5) for number in range(15))
    assert split(context, {"partitions": 5}, text=text) == [b"%d\n" % number * 3 for number in range(5)]


@pytest.mark.parametrize(("name", "extension"), [("in.csv", ".csv"), ("in", ".tmp")])
def test_parts_have_the_extension_of_the_file(context: RecordingContext, name: str, extension: str) -> None:
    context.stored = {f"kestra:///{name}": LINES}
    task = read_task(TYPE, from_=f"kestra:///{name}", rows=2)
    assert isinstance(task, Split)
    assert {uri[-4:] for uri in task.run(context).uris} == {extension}


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({}, "expected one of `bytes`, `partitions`, `rows` and `regexPattern`, found none"),
        ({"regexPattern": "("}, r"regexPattern: expected a regular expression, found `\(`: missing \)"),
        ({"regexPattern": "a"}, r"regexPattern: expected a group such as `id=\(\.\*\)`, found none in `a`"),
    ],
)
def test_what_cannot_be_split_fails(context: RecordingContext, how: dict[str, object], words: str) -> None:
    with pytest.raises(TaskFailed, match=words):
        split(context, how)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"rows": 0}, "rows: Input should be greater than or equal to 1"),
        ({"partitions": 0}, "partitions: Input should be greater than or equal to 1"),
        ({"bytes": "ten"}, "bytes: Value error, expected a size such as 512, 64KB, 512MB or 1GB, found `ten`"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(how: dict[str, object], words: str) -> None:
    assert refusal(TYPE, from_="kestra:///a", **how) == words


def test_the_old_name_is_the_same_type() -> None:
    assert isinstance(read_task("io.kestra.core.tasks.storages.Split", from_="kestra:///a", rows="{{ x }}"), Split)
