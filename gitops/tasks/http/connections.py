"""The sockets of a request, so that another thread can cut them."""

from __future__ import annotations

import contextlib
import socket
from typing import Any


class Connections:
    """Hears of every connection of a client and ends them on demand: closing the client would not wake a reader."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._is_cut = False

    def note(self, event: str, details: dict[str, Any]) -> None:
        """Hear of every step that httpcore takes; only new connections matter."""
        if event == "connection.connect_tcp.complete":
            self._sockets.append(details["return_value"].get_extra_info("socket"))
            if self._is_cut:
                self.cut()

    def cut(self) -> None:
        """End every connection now and from now on."""
        self._is_cut = True
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
