"""Large executions: what a task run costs does not depend on how many there are, and depth and breadth end well."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.execution.draft import Draft
from gitops.execution.state import State, TaskRun

PAGE_LIMIT = 5_000
from tests.engine.workshop import Workshop, open_workshop

_FEW, _MANY = 500, 5_000
_SEQUENTIAL = "io.kestra.plugin.core.flow.Sequential"
_RETURN = "io.kestra.plugin.core.debug.Return"


def loop(values: int, limit: int) -> str:
    return f"""
        id: loop_{values}
        namespace: company.team
        tasks:
          - id: each
            type: io.kestra.plugin.core.flow.ForEach
            concurrencyLimit: {limit}
            values: "{{{{ range(1, {values}) }}}}"
            tasks:
              - {{id: first, type: {_RETURN}, format: "{{{{ taskrun.value }}}}"}}
              - {{id: then, type: {_RETURN}, format: "{{{{ outputs.first[taskrun.value].value }}}}"}}
        """


@pytest.mark.parametrize("limit", [0, 1])
def test_a_task_run_of_a_large_loop_is_written_as_often_as_one_of_a_small_loop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    """Work is counted, not timed: every change of a task run in the machine."""
    counts = {}
    put = Draft.put
    with open_workshop(tmp_path) as workshop:
        for values in (_FEW, _MANY):
            changes: list[str] = []

            def counting(draft: Draft, task_run: TaskRun, changes: list[str] = changes) -> None:
                changes.append(task_run.id)
                put(draft, task_run)

            monkeypatch.setattr(Draft, "put", counting)
            ended = workshop.run(loop(values, limit))
            assert (ended.state, len(ended.task_runs)) == (State.SUCCESS, 2 * values + 1)
            counts[values] = len(changes) / values
    assert counts[_MANY] == pytest.approx(counts[_FEW], rel=0.02)


def test_a_thousand_branches_run_side_by_side(workshop: Workshop) -> None:
    branches = "\n".join(f"      - {{id: b{n}, type: {_RETURN}, format: '{n}'}}" for n in range(1_000))
    parallel = f"  - id: all\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n{branches}"
    ended = workshop.run(f"id: wide\nnamespace: company.team\ntasks:\n{parallel}")
    assert (ended.state, len(ended.task_runs)) == (State.SUCCESS, 1_001)


def test_a_hundred_levels_run_and_fail_up_to_the_first(workshop: Workshop) -> None:
    assert workshop.run(deep(f"{{id: leaf, type: {_RETURN}, format: deep}}")).state is State.SUCCESS
    failed = workshop.run(deep("{id: leaf, type: io.kestra.plugin.core.execution.Fail}"))
    assert {run.state for run in failed.task_runs.values()} == {State.FAILED}
    assert len(failed.task_runs) == 101


def deep(leaf: str) -> str:
    lines = ["id: deep", "namespace: company.team", "tasks:"]
    for level in range(100):
        space = "  " * (2 * level + 1)
        lines += [f"{space}- id: level{level}", f"{space}  type: {_SEQUENTIAL}", f"{space}  tasks:"]
    return "\n".join([*lines, f"{'  ' * 201}- {leaf}"])


def test_a_long_log_is_read_page_by_page(workshop: Workshop) -> None:
    """A page costs a look at the index, not a walk through what comes before it."""
    ended = workshop.run(
        """
        id: talks
        namespace: company.team
        tasks:
          - id: count
            type: io.kestra.plugin.scripts.shell.Commands
            commands: ["seq 1 100000"]
        """
    )
    assert ended.state is State.SUCCESS
    last, lines = 0, 0
    with workshop.store.database.read() as connection:
        while page := workshop.store.logs.page(connection, ended.id, after=last, limit=PAGE_LIMIT):
            assert [int(entry.message) for entry in page] == list(range(lines + 1, lines + len(page) + 1))
            last, lines = page[-1].id or 0, lines + len(page)
    assert lines == 100_000
