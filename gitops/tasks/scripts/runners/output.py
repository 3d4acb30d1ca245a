"""What a process writes, heard line by line as it comes, by the thread that waits for the process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from selectors import EVENT_READ, DefaultSelector
from typing import IO, Final

Heard = Callable[[str], None]

LONGEST_LINE: Final = 4 * 1024 * 1024
"""Bytes of the longest line. It may be long, for a script hands on its results in one; but it must have an end."""

_CHUNK = 64 * 1024


def hear(streams: Mapping[IO[bytes] | None, Heard]) -> None:
    """Read pipes until all of them are closed; each line goes to its hearer, without its end."""
    with DefaultSelector() as selector:
        for stream, heard in streams.items():
            assert stream is not None  # noqa: S101 - the caller asked for pipes
            selector.register(stream, EVENT_READ, Lines(heard))
        while selector.get_map():
            for key, _ in selector.select():
                chunk = os.read(key.fd, _CHUNK)
                key.data.take(chunk)
                if not chunk:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()  # type: ignore[union-attr]  # what was registered is a stream


class Lines:
    """Puts chunks of bytes together to lines; one that is too long is heard in parts."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._begun = b""

    def take(self, chunk: bytes) -> None:
        """The next bytes; none are the end."""
        *lines, begun = (self._begun + chunk).split(b"\n")
        for line in lines:
            self._say(_parts(line) or [b""])
        *parts, self._begun = _parts(begun) or [b""]
        self._say(parts)
        if not chunk and self._begun:
            self._say([self._begun])

    def _say(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            self._heard(part.decode("utf-8", "replace").rstrip("\r\n"))


def _parts(line: bytes) -> list[bytes]:
    return [line[start : start + LONGEST_LINE] for start in range(0, len(line), LONGEST_LINE)]
