"""The budget of a rendering."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.scope import Budget, Limits


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
