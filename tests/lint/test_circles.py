"""Circles in graphs."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from gitops.lint.circles import circles, core

Graph = Mapping[int, frozenset[int]]
GRAPHS = st.dictionaries(st.integers(0, 7), st.frozensets(st.integers(0, 7), max_size=4), max_size=8)


def edges(graph: Graph) -> list[tuple[int, int]]:
    return [(start, end) for start, others in graph.items() for end in sorted(others)]


def reaches(graph: Graph, start: int, end: int) -> bool:
    """Whether a way of at least one step leads from one to the other."""
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        for other in graph.get(waiting.pop(), ()):
            if other == end:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


@given(GRAPHS)
def test_every_circle_goes_round_and_shares_nothing_with_another(graph: Graph) -> None:
    found = list(circles(graph, edges(graph)))
    for circle in found:
        assert all(end in graph[start] for start, end in zip(circle, [*circle[1:], circle[0]], strict=True))
        assert len(set(circle)) == len(circle)
    assert len({name for circle in found for name in circle}) == sum(map(len, found))


@given(GRAPHS)
def test_a_circle_is_found_when_there_is_one(graph: Graph) -> None:
    there = any(reaches(graph, name, name) for name in graph)
    assert bool(list(circles(graph, edges(graph)))) == there


@given(GRAPHS)
def test_what_lies_on_a_circle_is_in_the_core(graph: Graph) -> None:
    assert {name for name in graph if reaches(graph, name, name)} <= core(graph).keys()


@given(GRAPHS)
def test_a_circle_goes_through_one_of_the_edges_that_are_asked_for(graph: Graph) -> None:
    every = edges(graph)
    for circle in circles(graph, every[:2]):
        assert {*zip(circle, [*circle[1:], circle[0]], strict=True)} & {*every[:2]}


def test_the_shortest_circle_begins_with_the_edge() -> None:
    graph = {"a": {"b"}, "b": {"c", "a"}, "c": {"a"}}
    assert list(circles(graph, [("b", "a")])) == [["b", "a"]]
    assert list(circles(graph, [("c", "a")])) == [["c", "a", "b"]]
