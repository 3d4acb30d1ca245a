"""Side processes: where expressions run what might never end. The one that does not answer in time is ended.

A jq program or a regular expression cannot be stopped from inside; a process can. Processes are started when they are
needed, serve one request at a time, and end when this one does.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from gitops.errors import ExpressionError

SECONDS: Final = 2.0
"""How long one request may take."""

_PROGRAM: Final = str(Path(__file__).with_name("side_program.py"))
_IDLE: Final = 2
_STARTING_SECONDS: Final = 10.0


class SideProcesses:
    """Answers requests (see `scope.RUN_APART`), each in a process that has nothing else to do."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._idle: list[subprocess.Popen[bytes]] = []

    def run(self, request: dict[str, object]) -> dict[str, Any]:
        """The answer, with the `seconds` that it took; raises ExpressionError when there is none."""
        process = self._take()
        began = time.monotonic()
        line = _exchange(process, json.dumps(request).encode() + b"\n", self._seconds)
        took = time.monotonic() - began
        if not line or took >= self._seconds:
            _end(process)
            raise ExpressionError(_reason(took, self._seconds))
        self._give_back(process)
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise ExpressionError(answer["error"])
        return {**answer, "seconds": took}

    def stop(self) -> None:
        """End the processes that wait for requests."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            _end(process)

    def _take(self) -> subprocess.Popen[bytes]:
        with self._lock:
            process = self._idle.pop() if self._idle else None
        return process if process is not None and process.poll() is None else _start()

    def _give_back(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            keep = len(self._idle) < _IDLE
            if keep:
                self._idle.append(process)
        if not keep:
            _end(process)


def _start() -> subprocess.Popen[bytes]:
    """A process that is ready; raises ExpressionError."""
    # -I: neither the folder of the service nor its variables say what the program imports.
    process = subprocess.Popen(  # noqa: S603 - our own program, without arguments
        [sys.executable, "-I", _PROGRAM],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    if not _exchange(process, b"", _STARTING_SECONDS):
        _end(process)
        raise ExpressionError("the process that would run it did not start")
    return process


def _exchange(process: subprocess.Popen[bytes], line: bytes, seconds: float) -> bytes:
    """What the process says next, nothing when it is not there or does not say it within the time."""
    assert process.stdin is not None  # noqa: S101 - `_start` has made the pipes
    assert process.stdout is not None  # noqa: S101 - same
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        process.stdin.write(line)
        process.stdin.flush()
        return process.stdout.readline()
    except BrokenPipeError:
        return b""
    finally:
        timer.cancel()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(BrokenPipeError), process:  # leaving closes the pipes and waits
        pass


def _reason(took: float, seconds: float) -> str:
    return f"it takes longer than {seconds:g} seconds" if took >= seconds else "it needs too much memory"


SHARED: Final = SideProcesses()
"""The processes that all renderings share."""

atexit.register(SHARED.stop)
