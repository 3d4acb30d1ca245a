"""Running the `git` program: in its own process group, without input, and never longer than the time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from gitops.errors import GitFailed


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run of the `git` program ended: its exit code, None when it was killed, and what it complained about."""

    code: int | None
    complaint: str


def run_git(arguments: Sequence[str], *, environment: Mapping[str, str], timeout: float) -> Outcome:
    """Run `git` with the arguments for at most `timeout` seconds; raises GitFailed when there is no such program."""
    process = _start([_program(), *arguments], environment)
    try:
        _, complaint = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        return Outcome(None, "")
    finally:
        _stop(process)
    return Outcome(process.returncode, complaint.decode(errors="replace"))


def _program() -> str:
    program = shutil.which("git")
    if program is None:
        raise GitFailed("expected the `git` program on the PATH, found none; install Git 2.33 or later")
    return program


def _start(words: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - an argument list for a program found by its name, no shell
        words,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.stderr is not None:
        process.stderr.close()
