"""Run a script as a process of this machine. The only door to subprocess.

A process gets a session of its own, so that everything it started can be stopped with it. Its id is kept beside its
folder while it lives: after a crash of the service, `stop_leftovers` ends what was left running.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal

import psutil

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext
from gitops.tasks.scripts.runners.output import hear
from gitops.tasks.scripts.runners.runner import Command, TaskRunner

_GRACE_SECONDS = 2.0
_LOOK_SECONDS = 0.02
_OURS = ("GITOPS_", "SECRET_")
_MARK = ".pid"


class Process(TaskRunner):
    """A process of the machine that the service runs on."""

    type: Literal["io.kestra.plugin.core.runner.Process"]

    @classmethod
    def recover(cls, work: Path) -> None:
        """End the processes that a crashed service left."""
        stop_leftovers(work)

    def run(self, command: Command, context: RunContext) -> int:
        """Start the program, hear its output, and return its exit code."""
        process = _start(command)
        with _marked(command.folder, process.pid):
            context.on_kill(lambda: _stop(process.pid))
            hear({process.stdout: partial(command.heard, False), process.stderr: partial(command.heard, True)})
            return process.wait()


def _start(command: Command) -> subprocess.Popen[bytes]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    try:
        return subprocess.Popen(  # noqa: S603 - running what the flow says is the purpose
            list(command.arguments),
            cwd=command.folder,
            env={**inherited, **command.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise TaskFailed(f"cannot start `{command.arguments[0]}`: {error.strerror}") from error


def _stop(pid: int) -> None:
    """End the process and everything it started: asked first, forced after a grace."""
    family = _family(pid)
    _signal(family, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE_SECONDS
    while any(map(_alive, family)) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    _signal([*family, *_family(pid)], signal.SIGKILL)


def _signal(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(number)


def _alive(process: psutil.Process) -> bool:
    # Not `Process.wait`: it would take the exit code away from the thread that waits for it.
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _family(pid: int) -> list[psutil.Process]:
    """The process, its descendants, and what else runs in its session."""
    found: dict[int, psutil.Process] = {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, ProcessLookupError, PermissionError):
            if process.pid == pid or os.getsid(process.pid) == pid:
                found[process.pid] = process
    with contextlib.suppress(psutil.NoSuchProcess):
        found |= {child.pid: child for child in psutil.Process(pid).children(recursive=True)}
    return list(found.values())


@contextlib.contextmanager
def _marked(folder: Path, pid: int) -> Iterator[None]:
    mark = folder.with_name(folder.name + _MARK)
    with contextlib.suppress(psutil.NoSuchProcess):
        mark.write_text(f"{pid} {psutil.Process(pid).create_time()}")
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def stop_leftovers(work: Path) -> int:
    """Stop the processes that a crashed service left in its work folder; returns how many there were."""
    stopped = 0
    for mark in work.glob(f"*{_MARK}"):
        pid, started = mark.read_text().split()
        with contextlib.suppress(psutil.NoSuchProcess):
            if psutil.Process(int(pid)).create_time() == float(started):
                _stop(int(pid))
                stopped += 1
        mark.unlink(missing_ok=True)
    return stopped
