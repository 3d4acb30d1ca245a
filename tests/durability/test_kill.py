"""kill -9 at random instants with many executions: each ends, no attempt runs twice, nothing that ended runs again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.durability.hardship import Hardship, state

pytestmark = pytest.mark.story

EXECUTIONS = 12
AFTER = (8, 24, 40, 56)
"""How many attempts are over, about, when the service is killed; without any kill they would be 84."""
_TASKS = ("first", "left", "right", "each", "called")


def script(folder: Path, task_id: str) -> str:
    """A task that notes each attempt when it begins and, a little later, when it is over."""
    note = f"echo {task_id} {{{{ taskrun.id }}}} {{{{ taskrun.attemptsCount }}}}"
    return f"""\
id: {task_id}
type: io.kestra.plugin.scripts.shell.Commands
taskRunner: {{type: io.kestra.plugin.core.runner.Process}}
commands: ["{note} >> {folder}/began; sleep 0.2; {note} >> {folder}/over"]
"""


def indented(text: str, by: int) -> str:
    """A task as an item of a list."""
    first, *others = text.splitlines()
    return "\n".join([" " * by + "- " + first, *(" " * (by + 2) + line for line in others)])


def work(folder: Path) -> str:
    """A flow with everything that can be under way: side by side, in a loop, in another execution."""
    return f"""\
id: work
namespace: company.team
tasks:
{indented(script(folder, "first"), 2)}
  - id: both
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
{indented(script(folder, "left"), 6)}
{indented(script(folder, "right"), 6)}
  - id: loop
    type: io.kestra.plugin.core.flow.ForEach
    values: [a, b, c]
    concurrencyLimit: 2
    tasks:
{indented(script(folder, "each"), 6)}
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: called
"""


def called(folder: Path) -> str:
    """The other execution; it waits for a date before it works."""
    return f"""\
id: called
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    pauseDuration: PT0.2S
{indented(script(folder, "called"), 2)}
"""


@pytest.mark.timeout(240)
def test_killed_again_and_again(hardship: Hardship) -> None:
    dice = Random(4)
    hardship.start_with(called=called(hardship.folder), work=work(hardship.folder))
    ids = [hardship.create("work") for _ in range(EXECUTIONS)]
    over: dict[str, dict[str, Any]] = {}
    for count in AFTER:
        hardship.wait_for_lines("over", count + dice.randint(0, 8))
        over |= runs_that_are_over(hardship)
        hardship.service.kill()
        hardship.service.start()
    for execution_id in ids:
        assert state(hardship.ended(execution_id)) == "SUCCESS"
    check_attempts(hardship, over)


def runs_that_are_over(hardship: Hardship) -> dict[str, dict[str, Any]]:
    """The task runs that the service says have ended, by id."""
    return {run["id"]: run for run in task_runs(hardship) if run["state"]["current"] == "SUCCESS"}


def task_runs(hardship: Hardship) -> list[dict[str, Any]]:
    """The task runs of all executions."""
    found = hardship.service.get("/executions/search", size=200)["results"]
    return [run for each in found for run in hardship.service.get(f"/executions/{each['id']}").get("taskRunList", [])]


def check_attempts(hardship: Hardship, over: dict[str, dict[str, Any]]) -> None:
    """Compare what tasks have written with what the service has on record."""
    began, finished = Counter(hardship.lines("began")), Counter(hardship.lines("over"))
    assert set(began.values()) == {1}, "an attempt ran twice"
    records = {run["id"]: run for run in task_runs(hardship)}
    scripts = [run for run in records.values() if run["taskId"] in _TASKS]
    assert len(scripts) == EXECUTIONS * 7
    for run in scripts:
        last = f"{run['taskId']} {run['id']} {len(run['attempts']) - 1}"
        assert finished[last] == 1
        assert run["attempts"][-1]["state"] == "SUCCESS"
    for id_, run in over.items():
        assert records[id_] == run, "something that had ended has moved"
    assert any(len(run["attempts"]) > 1 for run in scripts), "no kill hit anything"
