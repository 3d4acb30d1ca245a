"""The task type storage.Concat."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.storage.concat import Concat
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.storage.Concat"


def concat(**properties: object) -> Concat:
    task = read_task(TYPE, **properties)
    assert isinstance(task, Concat)
    return task


@pytest.mark.parametrize(
    "files", [["kestra:///a", "kestra:///b", "kestra:///a"], '["kestra:///a", "kestra:///b", "kestra:///a"]']
)
@pytest.mark.parametrize(("separator", "joined"), [(None, b"oneTWOone"), ("\n", b"one\nTWO\none\n")])
def test_joins_files_in_order_with_the_separator_after_each(
    context: RecordingContext, files: object, separator: object, joined: bytes
) -> None:
    context.stored = {"kestra:///a": b"one", "kestra:///b": b"TWO"}
    uri = concat(files=files, separator=separator).run(context).uri
    assert context.stored[uri] == joined
    assert uri.endswith(".tmp")


def test_the_extension_is_the_asked_one(context: RecordingContext) -> None:
    assert concat(files=[], extension=".csv").run(context).uri.endswith(".csv")


def test_only_the_joined_file_stays_in_the_working_directory(context: RecordingContext) -> None:
    context.stored = {"kestra:///a": b"one"}
    concat(files=["kestra:///a"]).run(context)
    assert [file.name for file in context.folder.iterdir()] == ["joined.tmp"]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ("kestra:///a", "files: expected a list of addresses or a JSON text that is one, found `kestra:///a`"),
        ("[1]", r"files: expected a list of addresses or a JSON text that is one, found `\[1\]`"),
        (["/etc/passwd"], "files: expected an address that starts with `kestra://`, found `/etc/passwd`"),
    ],
)
def test_what_is_no_list_of_addresses_fails(context: RecordingContext, files: object, words: str) -> None:
    with pytest.raises(TaskFailed, match=words):
        concat(files=files).run(context)


def test_files_are_required_and_text() -> None:
    assert refusal(TYPE) == "files: Field required"
    assert "files" in refusal(TYPE, files={"a": "b"})


def test_the_old_name_is_the_same_type() -> None:
    assert isinstance(read_task("io.kestra.core.tasks.storages.Concat", files="{{ outputs.a.uris }}"), Concat)
