"""The cache of a WorkingDirectory: files that one execution leaves for the next, as an archive in internal storage."""

from __future__ import annotations

import os
import time
import zipfile
from pathlib import Path

from pydantic import Field

from gitops.errors import NotFound
from gitops.execution.runnable import RunContext
from gitops.language.model import Model
from gitops.language.scalars import Duration, Text
from gitops.tasks.scripts.path_pattern import PathPattern

_ARCHIVE = ".gitops/cache.zip"


class FolderCache(Model):
    """Files that are kept between executions."""

    patterns: tuple[Text, ...] = Field(description="Patterns of the files that are kept.")
    ttl: Duration | None = Field(None, description="How long they are good for; without it, for ever.")


def restore_cache(cache: FolderCache, context: RunContext) -> float | None:
    """Put the kept files into the folder; returns when that was, None when there are none that are still good."""
    folder = Path(context.working_directory)
    archive = folder / _ARCHIVE
    archive.parent.mkdir(exist_ok=True)
    try:
        context.fetch_cache(archive, younger_than=cache.ttl)
    except NotFound:
        return None
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
    return time.time()


def save_cache(cache: FolderCache, context: RunContext, *, restored: float | None) -> None:
    """Keep the files that the patterns match, unless nothing is newer than what was restored."""
    folder = Path(context.working_directory)
    patterns = [PathPattern.read(pattern) for pattern in cache.patterns]
    found = [file for file in _files(folder) if any(pattern.fits(file, folder) for pattern in patterns)]
    if not found or (restored is not None and all(file.stat().st_mtime <= restored for file in found)):
        return
    archive = folder / _ARCHIVE
    archive.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for file in found:
            files.write(file, file.relative_to(folder))
    context.keep_cache(archive)


def _files(folder: Path) -> list[Path]:
    """The files of the folder but for our own."""
    paths = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return sorted(path for path in paths if path.relative_to(folder).parts[0] != ".gitops" and path.is_file())
