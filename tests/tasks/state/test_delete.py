"""state.Delete forgets a state, and says whether there was one."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from tests.tasks.recording_context import RecordingContext
from tests.tasks.state.one_state_task import run


def test_a_state_is_deleted_once(context: RecordingContext) -> None:
    run(context, "Set", name="n", data={"a": 1})
    assert run(context, "Delete", name="n") == {"deleted": True}
    assert run(context, "Delete", name="n") == {"deleted": False}
    assert run(context, "Get", name="n") == {"count": 0, "data": {}}
    with pytest.raises(TaskFailed, match="there is no state `n`"):
        run(context, "Delete", name="n", errorOnMissing=True)
