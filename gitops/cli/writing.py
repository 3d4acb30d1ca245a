"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from gitops.errors import InvalidUsage


def write_file(path: str, content: bytes) -> None:
    """Write a file over what is there. Links stay links, and permissions and the owner what they were.

    Raises InvalidUsage when it cannot be written.
    """
    try:
        real = Path(path).resolve()
        if not real.exists() or real.is_file():
            _replace(real, content)
        else:
            # A pipe or a device: a file must not take its place.
            with real.open("wb") as file:
                file.write(content)
    except OSError as error:
        raise InvalidUsage(f"{path} cannot be written: {error.strerror}") from None


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
        if path.exists():
            _own(temporary, path.stat())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _own(path: Path, before: os.stat_result) -> None:
    """Give a file the owner and the permissions of the one that it is to stand for."""
    now = path.stat()
    if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
        os.chown(path, before.st_uid, before.st_gid)
    path.chmod(stat.S_IMODE(before.st_mode))
