"""The language server between a keystroke and what it says about the text: the change made, the flow linted, told."""

from __future__ import annotations

from itertools import count

import yaml
from lsprotocol import types

from gitops.lint.schema.shipped import load_schema
from gitops.lsp.findings import published
from gitops.lsp.session import Session
from tests.bench.flows import many_flows
from tests.bench.timing import alternating, report

_URI = "file:///flows/company/team/typed.yml"


def answer_keystrokes(rounds: int) -> None:
    """One key in the middle of a flow of usual size and of the largest, beside PyYAML's fastest loader."""
    sources = sorted(many_flows(100), key=len)
    for size, source in (("usual", sources[len(sources) // 2]), ("large", sources[-1])):
        lines = source.count("\n")
        _type_into(source, f"a keystroke in a {size} flow, {lines} lines", rounds)


def _type_into(source: str, what: str, rounds: int) -> None:
    session = Session(load_schema())
    session.open(_URI, source, 0)
    versions = count(1)
    middle = types.Position(source[: source.index('message: "Row')].count("\n"), len('    message: "Row'))

    def press() -> None:
        change = types.TextDocumentContentChangePartial(types.Range(middle, middle), "x")
        document = session.edit(_URI, [change], next(versions))
        assert document is not None
        published(document, session.findings(document), session.around(document))

    def load() -> None:
        yaml.load(source, Loader=yaml.CSafeLoader)

    report(what, *alternating(rounds * 20, press, load), "PyYAML CSafeLoader")
