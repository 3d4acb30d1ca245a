"""Ids: the same place gives the same id, other places give others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gitops.execution.identity import make_id, task_run_id


@given(st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
def test_bits_and_ids_are_one_to_one(first: int, second: int) -> None:
    assert len(make_id(first)) == 22
    assert make_id(first).isalnum()
    assert (make_id(first) == make_id(second)) is (first == second)


def test_a_task_run_id_follows_from_its_place() -> None:
    places = [("e", None, "t", None), ("e", "p", "t", None), ("e", "p", "t", 0), ("e", "p", "t", 1), ("f", "p", "t", 1)]
    assert len({task_run_id(*place) for place in places}) == len(places)
    assert task_run_id(*places[2]) == task_run_id(*places[2])
