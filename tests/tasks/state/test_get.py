"""state.Get reads what an earlier execution left behind, and nothing of namespaces above."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.engine.services.key_values import StoredKeyValues
from gitops.errors import TaskFailed
from tests.engine.workshop import open_workshop
from tests.tasks.recording_context import RecordingContext
from tests.tasks.state.one_state_task import run


def test_a_state_is_read_by_its_name(context: RecordingContext) -> None:
    run(context, "Set", name="n", data={"a": 1, "b": [True]})
    assert run(context, "Get", name="n") == {"count": 2, "data": {"a": 1, "b": [True]}}
    assert run(context, "Get") == {"count": 0, "data": {}}


def test_a_missing_state_is_a_failure_when_asked_for(context: RecordingContext, pairs: StoredKeyValues) -> None:
    pairs.set("company", "states_tasks-states_n", value={"a": 1})
    with pytest.raises(TaskFailed, match=r"^there is no state `n`: no task state\.Set has left one behind$"):
        run(context, "Get", name="n", namespace=True, taskrunValue=False, errorOnMissing=True)


def test_executions_of_a_flow_count_together(tmp_path: Path) -> None:
    flow = """
        id: count
        namespace: company.team
        tasks:
          - id: before
            type: io.kestra.plugin.core.state.Get
          - id: add
            type: io.kestra.plugin.core.state.Set
            data:
              runs: "{{ (outputs.before.data.runs ?? '') ~ 'x' }}"
          - id: after
            type: io.kestra.plugin.core.state.Get
        """
    with open_workshop(tmp_path) as workshop:
        found = [workshop.run(flow).task_runs for _ in range(3)]
    after = [next(run.outputs for run in runs.values() if run.task_id == "after") for runs in found]
    assert after == [{"count": 1, "data": {"runs": runs}} for runs in ("x", "xx", "xxx")]
