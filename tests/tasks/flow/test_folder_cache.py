"""The cache of a folder: what one execution leaves for the next."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta
from os import PathLike
from pathlib import Path

from gitops.errors import NotFound
from gitops.tasks.flow.folder_cache import FolderCache, restore_cache, save_cache
from tests.tasks.recording_context import RecordingContext

LATER = 3_600.0


@dataclass
class Shelf(RecordingContext):
    """A context that keeps one archive, of some age."""

    archive: bytes | None = None
    age: timedelta = timedelta(0)
    asked: timedelta | None = None

    def fetch_cache(self, target: PathLike[str], *, younger_than: timedelta | None) -> None:
        self.asked = younger_than
        if self.archive is None or (younger_than is not None and self.age >= younger_than):
            raise NotFound("nothing is kept")
        Path(target).write_bytes(self.archive)

    def keep_cache(self, archive: PathLike[str]) -> None:
        self.archive = Path(archive).read_bytes()


def cache(*patterns: str, ttl: timedelta | None = None) -> FolderCache:
    return FolderCache.model_validate({"patterns": list(patterns), "ttl": ttl})


def filled(folder: Path) -> Shelf:
    """A shelf with what a first execution left: a file and one in a folder, but not the third."""
    shelf = Shelf(folder / "first")
    for name in ("a.txt", "sub/b.txt", "c.log"):
        path = shelf.working_directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    save_cache(cache("**.txt"), shelf, restored=None)
    return shelf


def test_what_the_patterns_match_is_there_next_time(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    shelf.folder = tmp_path / "second"
    assert restore_cache(cache("**.txt"), shelf) is not None
    found = {path.relative_to(shelf.folder).as_posix(): path.read_text() for path in shelf.folder.rglob("*.txt")}
    assert found == {"a.txt": "a.txt", "sub/b.txt": "sub/b.txt"}
    assert not (shelf.folder / "c.log").exists()


def test_without_a_cache_nothing_is_restored(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert restore_cache(cache("*"), shelf) is None


def test_what_is_too_old_is_not_restored(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    shelf.age = timedelta(hours=2)
    assert restore_cache(cache("*", ttl=timedelta(hours=1)), shelf) is None
    assert shelf.asked == timedelta(hours=1)


def test_nothing_is_kept_when_nothing_matches(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (tmp_path / "a.log").write_text("a")
    save_cache(cache("*.txt"), shelf, restored=None)
    assert shelf.archive is None


def test_it_is_kept_anew_only_when_a_file_has_changed(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    shelf.folder = tmp_path / "second"
    restored = restore_cache(cache("**.txt"), shelf)
    assert restored is not None
    shelf.archive = b"as it was"
    save_cache(cache("**.txt"), shelf, restored=restored)
    assert shelf.archive == b"as it was"
    changed = shelf.folder / "a.txt"
    os.utime(changed, (restored + LATER, restored + LATER))
    save_cache(cache("**.txt"), shelf, restored=restored)
    assert shelf.archive != b"as it was"


def test_the_archive_itself_is_never_in_the_archive(tmp_path: Path) -> None:
    shelf = filled(tmp_path)
    first = shelf.archive
    save_cache(cache("**"), shelf, restored=None)
    shelf.folder = tmp_path / "second"
    restore_cache(cache("**"), shelf)
    assert first is not None
    assert sorted(path.name for path in shelf.folder.rglob("*") if path.is_file() and ".gitops" not in path.parts) == [
        *("a.txt", "b.txt", "c.log"),
    ]
