"""Circles in a graph: names that lead to names and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeVar

N = TypeVar("N")


def circles(graph: Mapping[N, Collection[N]], edges: Iterable[tuple[N, N]]) -> Iterator[list[N]]:
    """A shortest circle through each of the edges, which begins with it; none shares a name with an earlier one."""
    left = core(graph)
    told: set[N] = set()
    for start, end in edges:
        if start in left and end in left and told.isdisjoint((start, end)):
            back = _way(left, end, start, told)
            if back:
                told.update(back)
                yield [start, *back[:-1]]


def core(graph: Mapping[N, Collection[N]]) -> dict[N, set[N]]:
    """What is left of a graph without the names that nothing leads to or that lead nowhere, again and again."""
    left = {name: {other for other in others if other in graph} for name, others in graph.items()}
    while True:
        reached = {other for others in left.values() for other in others}
        kept = {name: others & reached for name, others in left.items() if others and name in reached}
        kept = {name: {other for other in others if other in kept} for name, others in kept.items()}
        if len(kept) == len(left):
            return kept
        left = kept


def _way(graph: Mapping[N, Collection[N]], start: N, end: N, closed: Collection[N]) -> list[N]:
    """The names of a shortest way, both ends included; empty when there is none."""
    came_from: dict[N, N] = {start: start}
    waiting = [start]
    for name in waiting:
        if name == end:
            way = [end]
            while way[-1] != start:
                way.append(came_from[way[-1]])
            return way[::-1]
        for other in graph.get(name, ()):
            if other not in came_from and other not in closed:
                came_from[other] = name
                waiting.append(other)
    return []
