"""Conditions become clauses that mean the same on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from gitops.store.conditions import Condition, Operator
from gitops.store.executions import ExecutionFilter
from gitops.store.store import Store
from tests.replacing import replace
from tests.store.samples import created, execution, later, save


@pytest.fixture
def kept(store: Store) -> None:
    """`one` has a parent and a label; `Two` has none of that."""
    one = execution(id="one", namespace="a.b", created_at=later(0), parent_id="p%", labels=(("env", "prod"),))
    save(store, created(one), created(execution(id="Two", namespace="a.bc", created_at=later(60))))


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("field", "operator", "values", "ids"),
    [
        ("id", Operator.IN, ("one", "three"), {"one"}),
        ("id", Operator.STARTS_WITH, ("TW",), {"Two"}),
        ("id", Operator.ENDS_WITH, ("E",), {"one"}),
        ("id", Operator.CONTAINS, ("o",), {"one", "Two"}),
        ("parent", Operator.CONTAINS, ("%",), {"one"}),
        ("id", Operator.CONTAINS, ("_",), set()),
        ("namespace", Operator.PREFIX, ("a.b",), {"one"}),
        ("parent", Operator.IS_NULL, (), {"Two"}),
        ("started", Operator.GREATER_THAN, (later(0),), {"Two"}),
        ("started", Operator.GREATER_THAN_OR_EQUAL_TO, (later(0),), {"one", "Two"}),
        ("started", Operator.LESS_THAN, (later(60),), {"one"}),
        ("started", Operator.LESS_THAN_OR_EQUAL_TO, (later(60),), {"one", "Two"}),
        ("text", Operator.CONTAINS, ("A.BC",), {"Two"}),
        ("labels", Operator.IN, ("prod", "test"), {"one"}),
        ("labels", Operator.IN, ("test",), set()),
    ],
)
def test_a_condition_finds_what_fits_and_its_negation_all_else(
    store: Store, field: str, operator: Operator, values: tuple[Any, ...], ids: set[str]
) -> None:
    condition = Condition(field, operator, values, key="env" if field == "labels" else None)
    with store.database.read() as connection:
        found = store.executions.ids(connection, ExecutionFilter(conditions=(condition,)))
        others = store.executions.ids(connection, ExecutionFilter(conditions=(replace(condition, negated=True),)))
    assert set(found) == ids
    assert set(others) == {"one", "Two"} - ids
