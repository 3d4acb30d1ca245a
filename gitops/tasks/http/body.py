"""What a request carries: a text, a form, or a form of many parts with files of internal storage."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import count
from pathlib import Path, PurePosixPath
from typing import Any

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext
from gitops.tasks.http.request_properties import MULTIPART, RequestProperties

_ADDRESS = "kestra://"


def read_body(properties: RequestProperties, context: RunContext, files: ExitStack) -> dict[str, Any]:
    """The arguments that give an httpx request its body; `files` keeps the files open that it reads from."""
    if not properties.form_data:
        return {"content": _encoded(properties)}
    if properties.content_type.split(";", 1)[0].strip() != MULTIPART:
        return {"data": {name: _field(value) for name, value in properties.form_data.items()}}
    parts = _Parts(context, files)
    return {"files": [(name, parts.read(value)) for name, value in properties.form_data.items()]}


def content_type(properties: RequestProperties) -> str | None:
    """The header `Content-Type`; None when httpx knows better, as for forms."""
    if properties.form_data:
        return None
    charset, kind = properties.options.default_charset, properties.content_type
    plain = properties.body is None or charset.upper() == "UTF-8" or "charset=" in kind
    return kind if plain else f"{kind}; charset={charset}"


def _encoded(properties: RequestProperties) -> bytes | None:
    if properties.body is None:
        return None
    charset = properties.options.default_charset
    try:
        return properties.body.encode(charset)
    except LookupError:
        raise TaskFailed(f"options.defaultCharset: expected a character set such as UTF-8, found `{charset}`") from None
    except UnicodeEncodeError as error:
        raise TaskFailed(f"body: `{error.object[error.start]}` cannot be written in {charset}") from None


class _Parts:
    """The parts of a form, each as httpx wants it: a file name (None for a field) and the content."""

    def __init__(self, context: RunContext, files: ExitStack) -> None:
        self._context = context
        self._files = files
        self._names = (f"part-{number}" for number in count(1))

    def read(self, value: object) -> tuple[str | None, Any]:
        if isinstance(value, Mapping) and {"name", "content"} <= value.keys():
            return str(value["name"]), self._content(str(value["content"]))
        if isinstance(value, str) and value.startswith(_ADDRESS):
            return PurePosixPath(value).name, self._content(value)
        return None, _text(value)

    def _content(self, text: str) -> Any:  # noqa: ANN401 - a text or an open file
        if not text.startswith(_ADDRESS):
            return text
        target = Path(self._context.working_directory) / next(self._names)
        self._context.fetch_file(text, target)
        return self._files.enter_context(target.open("rb"))


def _field(value: object) -> str | list[str]:
    """Several values of one field are sent one after the other."""
    return [_text(item) for item in value] if isinstance(value, list | tuple) else _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
