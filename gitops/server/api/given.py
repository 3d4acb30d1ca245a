"""What a request gives for the inputs of an execution: form fields, one JSON object, uploaded files."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from gitops.engine.creation import Upload
from gitops.errors import InvalidUsage

_CONVENTIONAL = "files"
"""The field that clients of Kestra put files in; the name of each file then is the id of its input."""

_NO_NAMES = ("", "..")


@dataclass(frozen=True, slots=True)
class Given:
    """Values by the id of their input, and files by what is most likely that id."""

    inputs: Mapping[str, object]
    uploads: Mapping[str, Upload] = field(default_factory=dict)


@asynccontextmanager
async def given_by(request: Request) -> AsyncIterator[Given]:
    """Read the body; its files are there for as long as the block lasts. Raises InvalidUsage for another body."""
    with TemporaryDirectory(prefix="gitops-upload-") as folder:
        yield await _read(request, Path(folder))


async def _read(request: Request, folder: Path) -> Given:
    if request.headers.get("content-type", "").partition(";")[0] == "application/json":
        return Given(await _object(request))
    inputs: dict[str, object] = {}
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                id_, upload = await run_in_threadpool(_kept, name, value, folder / str(len(uploads)))
                uploads[id_] = upload
            else:
                inputs[name] = value
    return Given(inputs, uploads)


async def _object(request: Request) -> dict[str, object]:
    try:
        body = await request.json()
    except (ValueError, RecursionError) as error:
        raise InvalidUsage(f"the body is not JSON: {error}") from None
    if not isinstance(body, dict):
        raise InvalidUsage('expected an object of inputs, for example {"name": "value"}')
    return body


def _kept(field_name: str, upload: UploadFile, target: Path) -> tuple[str, Upload]:
    """The id of the input that a file is for, and the file, put at the target."""
    name = PurePosixPath((upload.filename or "").replace("\\", "/")).name
    id_ = name if field_name == _CONVENTIONAL else field_name
    with target.open("wb") as file:
        shutil.copyfileobj(upload.file, file)
    if not target.stat().st_size:
        raise InvalidUsage(f"the file for the input `{id_}` is empty; expected at least one byte")
    return id_, Upload(target, "file" if name in _NO_NAMES else name, field_name)
