"""Files of internal storage in the working directory of a task: fetched, made, and read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext

_SCHEME = "kestra://"


def fetch(context: RunContext, uri: str, *, property: str) -> Path:  # noqa: A002 - the word of the flow language
    """The file at the address, in the working directory; `property` is where the flow names it, for the error."""
    if not uri.startswith(_SCHEME):
        raise TaskFailed(f"{property}: expected an address that starts with `{_SCHEME}`, found `{uri}`")
    target = new_file(context, "fetched", extension(uri))
    context.fetch_file(uri, target)
    return target


def new_file(context: RunContext, name: str, extension: str) -> Path:
    """A path in the working directory that nothing has yet."""
    if "/" in extension:
        raise TaskFailed(f"extension: expected an extension such as `.txt`, found `{extension}`")
    folder = Path(context.working_directory)
    names = (f"{name}{number or ''}{extension}" for number in count())
    return next(file for file in map(folder.joinpath, names) if not file.exists())


def extension(uri: str) -> str:
    """The extension of the file at the address, with its dot; empty when it has none."""
    return PurePosixPath(uri).suffix


def rows(file: Path) -> Iterator[bytes]:
    """The lines of a file without their ends."""
    with file.open("rb") as lines:
        for line in lines:
            yield line.removesuffix(b"\n").removesuffix(b"\r")
