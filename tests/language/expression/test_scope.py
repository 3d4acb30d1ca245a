"""The budget of a rendering."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.scope import NO_FUNCTIONS, RUN_APART, Budget, Limits


def test_steps_run_out() -> None:
    budget = Budget(Limits(steps=3))
    budget.spend(3)
    with pytest.raises(ExpressionError, match="The template takes more than 3 steps"):
        budget.spend()


def test_depth_runs_out_and_comes_back() -> None:
    budget = Budget(Limits(depth=1))
    budget.enter()
    budget.leave()
    budget.enter()
    with pytest.raises(ExpressionError, match="Too many rendering attempts"):
        budget.enter()


def test_texts_may_only_be_so_long() -> None:
    budget = Budget(Limits(characters=1000))
    budget.check(1000)
    with pytest.raises(ExpressionError, match="The text is longer than 1,000 characters"):
        budget.check(1001)


@pytest.mark.parametrize(
    ("value", "steps"), [("x" * 320, 10), (b"x" * 320, 10), ([1] * 40, 10), ({"a": 1}, 0), (7, 0), (None, 0)]
)
def test_work_is_paid_for_by_size(value: object, steps: int) -> None:
    budget = Budget(Limits(steps=100))
    budget.work_on(value)
    assert budget.steps == 100 - steps


def test_a_value_is_weighed_with_all_that_is_inside() -> None:
    inner = ["x" * 3200] * 4
    limits = Limits(items=500)
    Budget(limits).weigh([inner])
    with pytest.raises(ExpressionError, match="The value holds more than 500 items"):
        Budget(limits).weigh({"a": inner, "b": inner})


def test_what_is_held_many_times_is_measured_once() -> None:
    value: object = [1, 2, 3, 4]
    for _ in range(200):
        value = [value, value]
    budget = Budget(Limits(items=2**300))
    budget.weigh(value)
    assert budget.steps > budget.limits.steps - 10


def test_a_value_without_end_is_refused() -> None:
    value: list[object] = []
    value.append(value)
    with pytest.raises(ExpressionError, match="The value is nested too deeply"):
        Budget(Limits()).weigh(value)


def test_running_apart_is_paid_for_by_time() -> None:
    def run(request: Mapping[str, object]) -> dict[str, object]:
        return {"results": [request["jq"]], "seconds": 0.5}

    budget = Budget(Limits())
    assert budget.run_apart({RUN_APART: run}, {"jq": "."})["results"] == ["."]
    assert budget.limits.steps - budget.steps == 501_000


def test_nobody_may_be_there_to_run_apart() -> None:
    with pytest.raises(ExpressionError, match="it might not end, and there is nothing here that can stop it"):
        Budget(Limits()).run_apart(NO_FUNCTIONS, {})
