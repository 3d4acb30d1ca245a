"""A task that prints a gigabyte: the service stays small, keeps the beginning, says so, and the task ends as usual."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gitops.engine.workers.attempt_log import LONGEST
from tests.durability.hardship import Hardship, state

pytestmark = pytest.mark.story

GIGABYTE = 1_000_000_000
LOUD = f"""\
id: loud
namespace: company.team
tasks:
  - id: print
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {{type: io.kestra.plugin.core.runner.Process}}
    commands: ["head -c {GIGABYTE} /dev/zero | tr '\\\\0' 'x' | fold -w 2000"]
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: the end
"""


@pytest.mark.timeout(240)
def test_a_gigabyte_of_output(hardship: Hardship) -> None:
    hardship.start_with(loud=LOUD)
    before = most_memory(hardship)
    execution_id = hardship.create("loud")
    ended = hardship.ended(execution_id)
    assert state(ended) == "SUCCESS"
    assert most_memory(hardship) - before < 150_000_000
    assert sum(file.stat().st_size for file in hardship.database.parent.glob("gitops.db*")) < 3 * LONGEST
    warnings = hardship.service.get(f"/logs/{execution_id}", minLevel="WARN")
    assert [entry["message"] for entry in warnings] == [
        f"the log of this attempt is longer than {LONGEST // 1_000_000} MB; what follows is not kept"
    ]


def most_memory(hardship: Hardship) -> int:
    """The most memory that the service has had, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{hardship.process.pid}/status").read_text())
    assert found is not None
    return int(found[1]) * 1024
