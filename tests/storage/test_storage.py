"""Internal storage on a local folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import NotFound, StorageFailed
from gitops.storage.storage import Storage


def test_a_file_comes_back_as_it_was_put(tmp_path: Path) -> None:
    storage = Storage(str(tmp_path / "kept"))
    (tmp_path / "in").write_bytes(b"x" * 3_000_000)
    uri = storage.put("main/a b/file.bin", tmp_path / "in")
    assert uri == "kestra:///main/a b/file.bin"
    storage.fetch(uri, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"x" * 3_000_000


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"internal storage has no file kestra:///nothing"):
        Storage(str(tmp_path)).fetch("kestra:///nothing", tmp_path / "out")


@pytest.mark.parametrize("uri", ["/etc/passwd", "kestra:///../secret", "http://host/file"])
def test_an_address_outside_is_refused(tmp_path: Path, uri: str) -> None:
    with pytest.raises(StorageFailed, match="expected an address that starts with kestra:///"):
        Storage(str(tmp_path)).fetch(uri, tmp_path / "out")


def test_the_size_of_a_file_is_known_without_fetching_it(tmp_path: Path) -> None:
    storage = Storage(str(tmp_path / "storage"))
    (tmp_path / "file").write_text("12345")
    uri = storage.put("a/file", tmp_path / "file")
    assert storage.size(uri) == 5
    with pytest.raises(NotFound, match=r"internal storage has no file kestra:///a/none"):
        storage.size("kestra:///a/none")


def test_a_file_is_deleted_once(tmp_path: Path) -> None:
    storage = Storage(str(tmp_path / "storage"))
    (tmp_path / "file").write_text("12345")
    uri = storage.put("a/file", tmp_path / "file")
    assert [storage.delete(uri), storage.delete(uri)] == [True, False]
    with pytest.raises(NotFound):
        storage.size(uri)


def test_the_files_below_a_folder_are_listed_and_deleted(tmp_path: Path) -> None:
    storage = Storage(str(tmp_path / "storage"))
    (tmp_path / "file").write_text("12345")
    uris = [storage.put(path, tmp_path / "file") for path in ("a/b/one", "a/two", "ab/three")]
    assert sorted((each.uri, each.size) for each in storage.below("a/")) == [(uri, 5) for uri in uris[:2]]
    assert storage.modified(uris[0]) == next(each.modified for each in storage.below("a/b/"))
    assert storage.delete_below("a/") == 2
    assert [each.uri for each in storage.below("")] == uris[2:]
    assert storage.delete_below("none/") == 0
