"""Whether calls fit the flows that they call, and what has broken them: the call itself, or a change of the flow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gitops.lint import input_values, words
from gitops.lint.facts.calls import Call
from gitops.lint.facts.given import MAPPING, NOTHING, Given
from gitops.lint.facts.interface import ELSEWHERE, InputFact
from gitops.lint.finding import Related
from gitops.lint.repository import CallSite, FlowFile, Repository

MISSING, UNKNOWN, UNFIT = "missing", "unknown", "unfit"
"""A needed input without a value, a value for an input that is not there, a value of the wrong kind."""


class Mismatch(NamedTuple):
    """One of these about an input. `expected` says what a value must be instead.

    `misspelt` is the name that the call gives where it probably means a missing one.
    """

    kind: str
    input: str
    expected: str | None = None
    misspelt: str | None = None


class Misfit(NamedTuple):
    """A call that does not fit the flow it calls, in one respect."""

    site: CallSite
    called: FlowFile
    mismatch: Mismatch


def misfits(repository: Repository, kind: str) -> Iterator[Misfit]:
    """Every mismatch of a kind that is the caller's doing, in the files that are told of."""
    for site, called in _pairs(repository):
        if site.file.file.context:
            continue
        for mismatch in mismatches(site.call, called.facts.inputs):
            if mismatch.kind == kind and not _broken_by_change(repository, site, mismatch):
                yield Misfit(site, called, mismatch)


def broken(repository: Repository) -> Iterator[Misfit]:
    """Every mismatch that a change of the called flow has brought to a call that is as it was."""
    for site, called in _pairs(repository):
        if site.file.file.context and called.file.context:
            continue
        for mismatch in mismatches(site.call, called.facts.inputs):
            if _broken_by_change(repository, site, mismatch):
                yield Misfit(site, called, mismatch)


def mismatches(call: Call, inputs: Iterable[InputFact]) -> Iterator[Mismatch]:
    """What keeps a call from fitting these inputs, as far as it is certain."""
    if call.given is None or call.pinned:
        return
    declared = {each.id: each for each in inputs}
    given = {each.name: each for each in call.given}
    strange = [name for name in given if name not in declared and not _may_be_known(name, declared.values())]
    for name, item in declared.items():
        if item.needed and not _gives(given, name):
            near = words.closest(name, tuple(strange))
            strange = [other for other in strange if other != near]
            yield Mismatch(MISSING, name, misspelt=near)
        elif name in given and (expected := input_values.expected(given[name], item)) is not None:
            yield Mismatch(UNFIT, name, expected)
    yield from (Mismatch(UNKNOWN, name) for name in strange)


def declared(misfit: Misfit) -> Related:
    """Where the called flow declares the input, or its inputs, or itself."""
    found = [each for each in misfit.called.facts.inputs if each.id == misfit.mismatch.input]
    if found:
        return misfit.called.related(found[0].path, "declared here")
    if misfit.called.facts.inputs:
        return misfit.called.related(("inputs",), "its inputs", key=True)
    return misfit.called.related(("id",), "the called flow")


def was_there(repository: Repository, site: CallSite) -> bool:
    """Whether the base revision of the calling flow makes the same call."""
    key = site.file.facts.key
    former = repository.was(key)
    return former is not None and any(_same(call, site.call) for call in former.facts.calls)


def _pairs(repository: Repository) -> Iterator[tuple[CallSite, FlowFile]]:
    """Every call of a flow that is among the files."""
    for key, sites in repository.callers.items():
        called = repository.flows.get(key)
        if called is not None:
            yield from ((site, called) for site in sites)


def _broken_by_change(repository: Repository, site: CallSite, mismatch: Mismatch) -> bool:
    target = site.call.flow_key
    former = repository.was(target)
    if former is None or any(mismatch[:2] == other[:2] for other in mismatches(site.call, former.facts.inputs)):
        return False
    return was_there(repository, site)


def _same(one: Call, other: Call) -> bool:
    """Whether two calls are equal wherever they stand."""
    return one._replace(path=()) == other._replace(path=())


def _gives(given: dict[str, Given], name: str) -> bool:
    """Whether there is a value for an input, or for what its dotted id is a part of."""
    outer = given.get(name.partition(".")[0])
    value = given.get(name) or (outer if outer is not None and outer.kind == MAPPING else None)
    return value is not None and value.kind != NOTHING


def _may_be_known(name: str, inputs: Iterable[InputFact]) -> bool:
    return any(each.type == ELSEWHERE or each.id.startswith(f"{name}.") for each in inputs)
