"""The working directory: which files go in, which addresses become files, which files come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import NotFound, TaskFailed
from gitops.tasks.scripts.workplace import Workplace
from tests.tasks.recording_context import RecordingContext


@pytest.fixture
def place(context: RecordingContext) -> Workplace:
    return Workplace(context.working_directory, context)


def test_a_map_makes_files_without_those_that_are_null(place: Workplace, context: RecordingContext) -> None:
    context.stored["kestra:///a/b.csv"] = b"stored"
    place.write_inputs({"in/text.txt": "text", "none.txt": None, "b.csv": "kestra:///a/b.csv"})
    found = {path.name: path.read_text() for path in place.folder.rglob("*") if path.is_file()}
    assert found == {"text.txt": "text", "b.csv": "stored"}


def test_a_json_text_makes_files_and_null_is_an_empty_one(place: Workplace) -> None:
    place.write_inputs('{"a.txt": null, "b.txt": 3, "c.txt": {"d": [true]}, "e.txt": "text"}')
    read = [(place.folder / name).read_text() for name in ("a.txt", "b.txt", "c.txt", "e.txt")]
    assert read == ["", "3", '{"d": [true]}', "text"]


@pytest.mark.parametrize(
    "files",
    [
        "[1]",
        "{",
        {"../out.txt": "x"},
        {"/out.txt": "x"},
        {"./in.txt": "x"},
        {"in/../../out.txt": "x"},
        {"": "x"},
        {"in.txt": "file:///etc/hostname"},
    ],
    ids=str,
)
def test_what_makes_no_sense_or_leads_out_is_refused(place: Workplace, files: dict[str, str | None] | str) -> None:
    with pytest.raises(TaskFailed, match=r"^inputFiles: expected"):
        place.write_inputs(files)


def test_an_address_in_a_command_becomes_the_path_of_a_copy(place: Workplace, context: RecordingContext) -> None:
    context.stored["kestra:///a/rows.csv"] = b"1,2"
    command = place.local("sort 'kestra:///a/rows.csv' kestra:///a/rows.csv > out")
    _, one, other, _, _ = command.replace("'", "").split()
    assert one == other
    assert (Path(one).name, Path(one).read_bytes()) == ("rows.csv", b"1,2")


def test_an_address_that_is_not_there_is_told(place: Workplace) -> None:
    with pytest.raises(NotFound, match=r"kestra:///a/none\.csv"):
        place.local("cat kestra:///a/none.csv")


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", {"a.txt"}),
        ("/*.txt", {"a.txt"}),
        ("glob:**/*.txt", {"a.txt", "in/b.txt"}),
        ("regex:in/.*", {"in/b.txt"}),
        ("../*", set()),
    ],
)
def test_patterns_find_the_files_that_are_kept(
    place: Workplace, context: RecordingContext, pattern: str, names: set[str]
) -> None:
    (place.folder / "in").mkdir()
    (place.folder / "a.txt").write_text("a")
    (place.folder / "in" / "b.txt").write_text("b")
    (place.folder.parent / "outside.txt").write_text("secret")
    assert place.kept([pattern]).keys() == names
    assert context.kept.keys() == names


def test_what_the_task_needs_for_itself_is_never_kept(place: Workplace, context: RecordingContext) -> None:
    context.stored["kestra:///a/rows.csv"] = b"1,2"
    place.local("cat kestra:///a/rows.csv")
    (place.folder / ".env").write_text("A=1")
    assert place.kept(["**"]).keys() == {".env"}


def test_a_new_file_takes_no_name_that_there_is(place: Workplace) -> None:
    (place.folder / "script.py").write_text("")
    assert place.new_file(".py") == place.folder / "script1.py"
    assert place.new_file(".js") == place.folder / "script.js"


def test_a_link_that_leads_out_is_not_kept(place: Workplace) -> None:
    (place.folder / "link.txt").symlink_to("/etc/hostname")
    (place.folder / "etc").symlink_to("/etc")
    assert place.kept(["**"]) == {}
