"""Streams of server-sent events are read as the standard says."""

from __future__ import annotations

import pytest

from gitops.tasks.http.event_stream import read_events


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: a\n\ndata:b\r\n\r\ndata:  c\r\r", [{"data": "a"}, {"data": "b"}, {"data": " c"}]),
        (b'data: {"a": [1]}\n\ndata: 1.5\n\ndata: true\n\n', [{"data": {"a": [1]}}, {"data": 1.5}, {"data": True}]),
        (b"data: one\ndata: two\ndata\n\n", [{"data": "one\ntwo\n"}]),
        (b"data\n\n", [{"data": ""}]),
        (
            b": why\nevent: price\nid: 7\nretry: 1500\ndata: 1\n\n",
            [{"data": 1, "id": "7", "name": "price", "comment": "why", "retry": "PT1.5S"}],
        ),
        (b"id\nretry: soon\nunknown: x\ndata: 1\n\n", [{"data": 1, "id": ""}]),
        (b"id: a\0b\ndata: 1\n\n", [{"data": 1}]),
        (b": only a comment\n\nevent: none\n\n", []),
        (b"data: cut off", []),
        (b"data: cut off\n", []),
        ("\ufeffdata: x\u2028y\x85z\n\n".encode(), [{"data": "x\u2028y\x85z"}]),
        (b"data: \xff\n\n", [{"data": "\ufffd"}]),
        (b"", []),
    ],
)
def test_events(stream: bytes, events: list[object]) -> None:
    assert list(read_events([stream])) == events
    assert list(read_events(stream[place : place + 1] for place in range(len(stream)))) == events
