"""The flows of all work trees, looked for by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lsprotocol import types

from gitops.lsp.around import Around

MOST = 200
"""The most flows that are found at once: nobody reads more, and each one's file is read."""


def flows_like(query: str, trees: Iterable[Around]) -> list[types.SymbolInformation]:
    """The flows whose `namespace.id` has the letters of a query, in their order; the best first."""
    found = [each for around in trees for each in _found(query.lower(), around)]
    found.sort(key=lambda each: each[:2])
    return [_symbol(path, around) for _, _, path, around in found[:MOST]]


def _found(query: str, around: Around) -> Iterator[tuple[int, str, str, Around]]:
    for (namespace, flow), path in around.survey.flows.items():
        name = f"{namespace}.{flow}"
        if _has_letters(name.lower(), query):
            yield 0 if query in flow.lower() else 1, name, path, around


def _has_letters(name: str, query: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in query if not letter.isspace())


def _symbol(path: str, around: Around) -> types.SymbolInformation:
    document = around.document(path)
    facts = around.survey.facts[path]
    place = types.Location(document.uri, document.place(("id",)))
    return types.SymbolInformation(place, facts.id or path, types.SymbolKind.Class, container_name=facts.namespace)
