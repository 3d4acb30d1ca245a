"""What a process writes becomes lines, however it comes."""

from __future__ import annotations

import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.tasks.scripts.runners import output
from gitops.tasks.scripts.runners.output import Lines, hear


def lines_of(chunks: list[bytes]) -> list[str]:
    heard: list[str] = []
    lines = Lines(heard.append)
    for chunk in (*chunks, b""):
        lines.take(chunk)
    return heard


@given(st.lists(st.text(alphabet="aé\n").map(str.encode).filter(bool)))
def test_lines_are_those_of_the_whole_text_wherever_it_is_cut(chunks: list[bytes]) -> None:
    assert (
        lines_of(chunks)
        == b"".join(chunks).decode().split("\n")[: -1 if b"".join(chunks)[-1:] in (b"", b"\n") else None]
    )


def test_ends_of_windows_are_ends_and_what_is_no_text_is_marked() -> None:
    assert lines_of([b"one\r\n", b"\r\n", b"\xff!"]) == ["one", "", "\ufffd!"]


def test_a_line_without_an_end_is_heard_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output, "LONGEST_LINE", 4)
    heard: list[str] = []
    lines = Lines(heard.append)
    lines.take(b"abcdefghij")
    assert heard == ["abcd", "efgh"], "it does not wait for the end"
    lines.take(b"k\nl")
    lines.take(b"")
    assert heard == ["abcd", "efgh", "ijk", "l"]


def test_two_streams_are_heard_as_they_come_until_both_are_closed() -> None:
    heard: list[str] = []
    came = threading.Semaphore(0)

    def hearer(name: str) -> output.Heard:
        def hear_one(line: str) -> None:
            heard.append(f"{name} {line}")
            came.release()

        return hear_one

    (out, out_end), (err, err_end) = os.pipe(), os.pipe()
    reader = threading.Thread(
        target=lambda: hear({os.fdopen(out, "rb"): hearer("out"), os.fdopen(err, "rb"): hearer("err")})
    )
    reader.start()
    for end, text in ((out_end, b"1\n"), (err_end, b"2\n"), (out_end, b"3\n")):
        os.write(end, text)
        assert came.acquire(timeout=10)
    os.close(out_end)
    os.write(err_end, b"4")
    os.close(err_end)
    reader.join(10)
    assert heard == ["out 1", "err 2", "out 3", "err 4"]
