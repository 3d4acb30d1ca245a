"""A database that refuses for a while: what runs outlasts it, who asks is told, and the service goes on afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.durability.hardship import Hardship, attempts, state

pytestmark = pytest.mark.story


def work(folder: Path) -> str:
    """A flow whose first task runs until `go` is there, and notes what it does."""
    wait = f"echo began >> {folder}/began; while ! test -e {folder}/go; do sleep 0.05; done; echo over >> {folder}/over"
    return f"""\
id: work
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {{type: io.kestra.plugin.core.runner.Process}}
    commands: ["{wait}; seq 1 100"]
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: done
"""


PAUSE = """\
id: pause
namespace: company.team
tasks:
  - id: hold
    type: io.kestra.plugin.core.flow.Pause
    pauseDuration: PT1S
"""


def test_a_disk_that_is_full_for_a_while(hardship: Hardship) -> None:
    hardship.start_with(work=work(hardship.folder), pause=PAUSE)
    running = [hardship.create("work") for _ in range(3)]
    hardship.wait_for_lines("began", 3)
    paused = hardship.create("pause")
    hardship.limit_files(1)
    refused = hardship.try_to_create("work")
    assert refused.status_code == 503
    path = hardship.database
    assert refused.json()["message"] == f"the database sqlite:///{path} cannot be read or written; check its disk"
    (hardship.folder / "go").touch()
    hardship.wait_for_lines("over", 3)
    assert state(hardship.service.get(f"/executions/{running[0]}")) == "RUNNING"
    assert hardship.try_to_create("work").status_code == 503
    hardship.limit_files(-1)
    check_all_ended(hardship, running, paused)


@pytest.mark.timeout(120)
def test_a_database_that_another_program_locks_for_a_while(hardship: Hardship) -> None:
    hardship.start_with(work=work(hardship.folder), pause=PAUSE)
    running = [hardship.create("work") for _ in range(3)]
    hardship.wait_for_lines("began", 3)
    paused = hardship.create("pause")
    with closing(sqlite3.connect(hardship.database)) as other:
        other.execute("BEGIN IMMEDIATE")
        (hardship.folder / "go").touch()
        hardship.wait_for_lines("over", 3)
        refused = hardship.try_to_create("work")
        assert refused.status_code == 503
        assert "is locked by another program that writes to it" in refused.json()["message"]
        assert state(hardship.service.get(f"/executions/{running[0]}")) == "RUNNING"
        other.rollback()
    check_all_ended(hardship, running, paused)


@pytest.fixture
def small_disk(hardship: Hardship) -> Iterator[Path]:
    """A disk of its own for the data of the service."""
    data = hardship.folder / "data"
    data.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", data], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a disk")
    yield data
    hardship.service.stop()
    subprocess.run(["umount", "--lazy", data], check=True)


def test_a_real_disk_that_is_full_for_a_while(hardship: Hardship, small_disk: Path) -> None:
    hardship.start_with(work=work(hardship.folder), pause=PAUSE)
    running = [hardship.create("work") for _ in range(3)]
    hardship.wait_for_lines("began", 3)
    paused = hardship.create("pause")
    fill(small_disk / "filler")
    refused = until_refused(hardship)
    assert refused == f"the database sqlite:///{hardship.database} has no room left; free disk space, then try again"
    (hardship.folder / "go").touch()
    hardship.wait_for_lines("over", 3)
    (small_disk / "filler").unlink()
    check_all_ended(hardship, running, paused)


def fill(file: Path) -> None:
    """Write until nothing more fits."""
    with suppress(OSError), file.open("wb", buffering=0) as filler:
        for size in (65_536, 512, 1):
            with suppress(OSError):
                while filler.write(bytes(size)):
                    pass


def until_refused(hardship: Hardship) -> str:
    """What an operator is told once even the room inside of the files is used up."""
    for _ in range(1_000):
        answer = hardship.try_to_create("pause")
        if answer.status_code == 503:
            message: str = answer.json()["message"]
            return message
    raise AssertionError("the disk is never full")


def check_all_ended(hardship: Hardship, running: list[str], paused: str) -> None:
    """Everything that waited for the database has gone on, and no attempt was made twice."""
    for execution_id in running:
        ended = hardship.ended(execution_id)
        assert (state(ended), attempts(ended)) == ("SUCCESS", {"wait": ["SUCCESS"], "say": ["SUCCESS"]})
        log = hardship.service.get(f"/logs/{execution_id}")
        assert [entry["message"] for entry in log if entry["message"].isdigit()] == [str(n) for n in range(1, 101)]
    assert state(hardship.ended(paused)) == "SUCCESS"
    assert state(hardship.ended(hardship.create("pause"))) == "SUCCESS"
    assert len(hardship.lines("began")) == len(running)


def test_a_service_that_is_stopped_while_its_disk_is_full_ends_and_finds_its_work_again(hardship: Hardship) -> None:
    hardship.start_with(work=work(hardship.folder), pause=PAUSE)
    running = hardship.create("work")
    hardship.wait_for_lines("began", 1)
    hardship.limit_files(1)
    (hardship.folder / "go").touch()
    hardship.wait_for_lines("over", 1)
    hardship.service.stop()
    hardship.service.start()
    ended = hardship.ended(running)
    assert (state(ended), attempts(ended)["wait"]) == ("SUCCESS", ["FAILED", "SUCCESS"])
