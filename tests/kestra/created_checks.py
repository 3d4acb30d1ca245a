"""What a case expects of the other executions: how many there are of a flow, and what they are like."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from gitops.execution.state import Execution, State
from tests.kestra.stage import Stage
from tests.kestra.values import holds

Check = Callable[[Stage, Execution, Mapping[str, Any]], None]
"""Compares one execution with what is expected of it."""

_QUIET_SECONDS = 0.5
_WHICH = {"flow", "count", "count_min", "include_main"}
_OF_ALL = {*_WHICH, "states_any_order", "outputs_in_order"}


def check_created(wanted: list[Mapping[str, Any]], stage: Stage, check: Check) -> bool:
    """Compare the executions of each flow, as soon as there are as many as expected."""
    for each in wanted:
        _check_flow(each, stage, check)
    return True


def _check_flow(wanted: Mapping[str, Any], stage: Stage, check: Check) -> None:
    least, with_main = wanted.get("count", wanted.get("count_min", 0)), wanted.get("include_main", False)
    if least == 0:
        # That nothing happens has no signal to wait for.
        time.sleep(min(_QUIET_SECONDS, stage.seconds_left()))

    def settled() -> bool:
        found = stage.created(wanted["flow"], with_main=with_main)
        return len(found) >= least and all(_is_settled(each, wanted) for each in found)

    stage.service.wait_until(settled, stage.deadline)
    found = stage.created(wanted["flow"], with_main=with_main)
    right = len(found) == wanted["count"] if "count" in wanted else len(found) >= least
    assert right, f"expected {least} executions of {wanted['flow']}, found {len(found)}"
    # Where only the least number is known, Kestra's test looks at the first that it sees.
    _check_each(wanted, found if "count" in wanted else found[:1], stage, check)


def _is_settled(execution: Execution, wanted: Mapping[str, Any]) -> bool:
    if not set(wanted) - _WHICH:
        return True
    state = wanted.get("state")
    return execution.done if state is None or State(state).ended else execution.state == state


def _check_each(wanted: Mapping[str, Any], found: list[Execution], stage: Stage, check: Check) -> None:
    """Compare what is said of all the executions, then what is said of each."""
    if "states_any_order" in wanted:
        assert Counter(each.state.value for each in found) == Counter(wanted["states_any_order"])
    if "outputs_in_order" in wanted:
        outputs = [each.outputs for each in found]
        assert len(outputs) == len(wanted["outputs_in_order"])
        assert all(map(holds, wanted["outputs_in_order"], outputs)), f"found {outputs}"
    others = {name: item for name, item in wanted.items() if name not in _OF_ALL}
    for each in found:
        check(stage, each, others)
