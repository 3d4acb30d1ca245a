"""The service's socket: what its connections are like, and what is told when it cannot be had."""

from __future__ import annotations

import socket

import pytest

from gitops.errors import InvalidSettings
from gitops.server.service import listen


def test_answers_are_sent_at_once_on_every_connection() -> None:
    """Without TCP_NODELAY each answer on a connection that is kept alive takes 40 ms."""
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InvalidSettings, match=rf"port: cannot listen on 127\.0\.0\.1:{port} .*; choose another"):
            listen("127.0.0.1", port)
