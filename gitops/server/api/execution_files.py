"""Files of internal storage that belong to an execution: download, size, and a look at the beginning."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from gitops.app import App
from gitops.engine.execution_files import ExecutionFiles
from gitops.errors import ExpressionError, InvalidUsage
from gitops.language.expression.template import render
from gitops.server.api.parts import AppPart, SparseRoute, read_head
from gitops.server.shapes.shape import Shape
from gitops.storage.storage import SCHEME

router = APIRouter(prefix="/executions", tags=["executions"], route_class=SparseRoute)

_LARGEST_PREVIEW = 2 * 1024 * 1024
_MOST_ROWS = 5_000
_Path = Annotated[str, Query(description="The address of the file: `kestra:///…`.")]


class FileSize(Shape):
    """How many bytes a file has."""

    size: int


class FilePreview(Shape):
    """The beginning of a file. `type` is TEXT, LIST (rows), IMAGE, PDF (both base64) or MARKDOWN."""

    extension: str
    type: str
    content: str | list[object]
    max_line: int
    truncated: bool


@router.get("/{execution_id:execution}/file", response_class=FileResponse)
def download_file(app: AppPart, execution_id: str, path: _Path) -> FileResponse:
    """The file."""
    address = _address(app, execution_id, path)
    folder = Path(mkdtemp(prefix="gitops-download-"))
    forget = partial(shutil.rmtree, folder, ignore_errors=True)
    try:
        app.storage.fetch(address, folder / "file")
    except BaseException:
        forget()
        raise
    return FileResponse(
        folder / "file",
        media_type="application/octet-stream",
        filename=_name(address),
        background=BackgroundTask(forget),
    )


@router.get("/{execution_id:execution}/file/metas")
def get_file_size(app: AppPart, execution_id: str, path: _Path) -> FileSize:
    """How large the file is."""
    return FileSize(size=app.storage.size(_address(app, execution_id, path)))


@router.get("/{execution_id:execution}/file/preview")
def preview_file(
    app: AppPart,
    execution_id: str,
    path: _Path,
    rows: Annotated[int, Query(alias="maxRows", ge=1, le=_MOST_ROWS)] = 100,
    encoding: str = "UTF-8",
) -> FilePreview:
    """The first rows of the file, as text or by what its name says that it is."""
    address = _address(app, execution_id, path)
    data = app.storage.beginning(address, _LARGEST_PREVIEW)
    whole = app.storage.size(address) <= _LARGEST_PREVIEW
    extension = PurePosixPath(_name(address)).suffix.removeprefix(".").lower()
    if kind := _PICTURES.get(extension):
        content = base64.b64encode(data).decode() if whole else ""
        return FilePreview(extension=extension, type=kind, content=content, max_line=rows, truncated=not whole)
    try:
        lines = data.decode(encoding, errors="replace").splitlines(keepends=True)
    except LookupError:
        raise InvalidUsage(f"encoding: expected a name such as UTF-8 or ISO-8859-1, found `{encoding}`") from None
    kind, read = _TEXTS.get(extension, ("TEXT", "".join))
    truncated = not whole or len(lines) > rows
    return FilePreview(extension=extension, type=kind, content=read(lines[:rows]), max_line=rows, truncated=truncated)


def _rows(lines: list[str]) -> str | list[object]:
    """The values of a text of Ion, one on each line; the text itself when it is something else."""
    text = "".join(lines)
    try:
        found = render("{{ fromIon(rows, allRows=true) }}", {"rows": text}, typed=True)
    except ExpressionError:
        return text
    return found if isinstance(found, list) else text


_PICTURES: Mapping[str, str] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "webp", "svg"), "IMAGE"),
    "pdf": "PDF",
}
_TEXTS: Mapping[str, tuple[str, Callable[[list[str]], str | list[object]]]] = {
    "ion": ("LIST", _rows),
    "md": ("MARKDOWN", "".join),
}


def _address(app: App, execution_id: str, path: str) -> str:
    """The address when the execution may read that file; raises InvalidUsage when it may not, and NotFound."""
    if not path.startswith(SCHEME):
        raise InvalidUsage(f"path: expected an address that starts with {SCHEME}, found `{path}`")
    try:
        return ExecutionFiles.of(app.storage, read_head(app, execution_id)).address(path)
    except ExpressionError as error:
        raise InvalidUsage(str(error)) from error


def _name(address: str) -> str:
    return PurePosixPath(unquote(address)).name
