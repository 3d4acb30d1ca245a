"""Which flow leads to which: by calls, and by Flow triggers. What goes round in circles never ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from gitops.language.position import Path
from gitops.lint import words
from gitops.lint.circles import circles
from gitops.lint.facts.calls import ALWAYS
from gitops.lint.facts.listens import Listen
from gitops.lint.repository import CallSite, FlowFile, Repository

Key = tuple[str, str]
Edge = tuple[Key, Key]


class Link(NamedTuple):
    """One flow of a circle, and the place that makes it lead to the next one: its call, or that one's trigger."""

    flow: Key
    file: FlowFile
    path: Path
    words: str


_Links = Mapping[Edge, Link]


def call_circles(repository: Repository, *, certain: bool) -> Iterator[list[Link]]:
    """Circles of calls: those that never end, or those that something may end."""
    calling = {file.facts.key for file in repository.files if file.facts.calls}
    every = _calls(repository, lambda site: site.call.flow_key in calling)
    sure = _calls(repository, lambda site: site.call.flow_key in calling and _is_certain(site))
    endless = [*_circles(sure, sure)]
    if certain:
        yield from endless
        return
    told = {link.flow for circle in endless for link in circle}
    unsure = [edge for edge in every if edge not in sure]
    yield from (each for each in _circles(every, unsure) if told.isdisjoint(link.flow for link in each))


def route(circle: Iterable[Link]) -> str:
    """The flows on a circle in words, from the first back to it."""
    flows = [link.flow for link in circle]
    alike = len({namespace for namespace, _ in flows}) == 1
    return words.chain(flow if alike else f"{namespace}.{flow}" for namespace, flow in [*flows, flows[0]])


def trigger_circles(repository: Repository) -> Iterator[list[Link]]:
    """Circles in which at least one flow follows another by a trigger, and every other link is as certain."""
    triggers = dict(_triggers(repository))
    yield from _circles({**_calls(repository, _is_certain), **triggers}, triggers)


def _circles(links: _Links, edges: Iterable[Edge]) -> Iterator[list[Link]]:
    """The circles through these edges that a file is in that is told of, beginning there."""
    graph: dict[Key, set[Key]] = {}
    for start, end in links:
        graph.setdefault(start, set()).add(end)
    for circle in circles(graph, edges):
        found = [links[edge] for edge in zip(circle, [*circle[1:], circle[0]], strict=True)]
        first = next((index for index, link in enumerate(found) if not link.file.file.context), None)
        if first is not None:
            yield found[first:] + found[:first]


def _is_certain(site: CallSite) -> bool:
    return site.call.runs == ALWAYS and site.call.single


def _calls(repository: Repository, wanted: Callable[[CallSite], bool]) -> dict[Edge, Link]:
    """The calls from one flow to another."""
    found: dict[Edge, Link] = {}
    for target, sites in repository.callers.items():
        for site in sites:
            own = site.file.facts.key
            if own is not None and own != target and not site.call.pinned and wanted(site):
                link = Link(own, site.file, (*site.call.path, "flowId"), f"calls `{target[1]}`")
                found.setdefault((own, target), link)
    return found


def _triggers(repository: Repository) -> Iterator[tuple[Edge, Link]]:
    """The triggers that any successful execution of another flow fires."""
    listening = [(file, listen) for file in repository.files for listen in file.facts.listens if listen.enough]
    followed = {file.facts.key for file, _ in listening if file.facts.key} | repository.callers.keys()
    for file, listen in listening:
        own = file.facts.key
        for other in _heard(listen, followed):
            if own is not None and own != other and not file.facts.disabled:
                path = listen.flow_path if listen.flow else listen.namespace_path
                yield (other, own), Link(other, file, path, f"`{own[1]}` waits for `{other[1]}`")


def _heard(listen: Listen, keys: AbstractSet[Key]) -> list[Key]:
    if listen.flow_key is not None:
        return [listen.flow_key] if listen.flow_key in keys else []
    return sorted(key for key in keys if listen.hears(*key))
