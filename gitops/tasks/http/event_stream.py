"""Server-sent events: the lines of a stream become events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from gitops.language.expression.values import from_text
from gitops.language.scalars import format_duration

Event = dict[str, object]
"""`data`, read as JSON when it is that; `id`, `name`, `comment` and `retry` (a duration) when the server sends them."""

_LINE_END = re.compile(rb"\r\n|\n|\r")
_MARK = b"\xef\xbb\xbf"


def read_events(parts: Iterable[bytes]) -> Iterator[Event]:
    """The events of a stream. What has no data is none, nor is what the end of the stream cuts off."""
    fields: list[tuple[str, str]] = []
    for line in _lines(parts):
        if line:
            fields.append(_field(line))
        else:
            event = _event(fields)
            fields = []
            if event is not None:
                yield event


def _lines(parts: Iterable[bytes]) -> Iterator[str]:
    """The complete lines; a line ends as in the standard, which is not how Python's texts end."""
    for number, line in enumerate(_split(parts)):
        yield (line if number else line.removeprefix(_MARK)).decode("utf-8", "replace")


def _split(parts: Iterable[bytes]) -> Iterator[bytes]:
    begun: list[bytes] = []
    half = b""
    for part in parts:
        # A carriage return at the end may be the first half of a line end.
        joined = half + part
        half = b"\r" if joined.endswith(b"\r") else b""
        *lines, tail = _LINE_END.split(joined.removesuffix(b"\r"))
        for line in lines:
            yield b"".join((*begun, line))
            begun.clear()
        begun.append(tail)
    if half:
        yield b"".join(begun)


def _field(line: str) -> tuple[str, str]:
    """Name and value; a comment has no name."""
    name, _, value = line.partition(":")
    return name, value.removeprefix(" ")


def _event(fields: list[tuple[str, str]]) -> Event | None:
    data = [value for name, value in fields if name == "data"]
    if not data:
        return None
    last = dict(fields)
    comments = [value for name, value in fields if not name]
    known: Event = {"data": _read("\n".join(data))}
    if "id" in last and "\0" not in last["id"]:
        known["id"] = last["id"]
    if last.get("event"):
        known["name"] = last["event"]
    if comments:
        known["comment"] = "\n".join(comments)
    if last.get("retry", "").isdecimal():
        known["retry"] = format_duration(timedelta(milliseconds=int(last["retry"])))
    return known


def _read(data: str) -> object:
    try:
        return from_text(data)
    except (ValueError, RecursionError):
        return data
