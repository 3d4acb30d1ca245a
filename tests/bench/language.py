"""The flow language: a thousand flows from text to findings, on one core, each seen for the first time."""

from __future__ import annotations

import yaml

from gitops.language.document import parse
from gitops.language.outline import outline
from gitops.lint.linter import SourceFile, lint
from gitops.lint.schema.shipped import load_schema
from tests.bench.flows import many_flows
from tests.bench.timing import alternating, report

FLOWS = 1_000


def read_many_flows(rounds: int) -> None:
    """Parse, outline and validate, beside PyYAML's fastest loader, which only parses."""
    sources = many_flows(FLOWS)
    files = [SourceFile(f"company.team/flow_{n}.yml", source.encode()) for n, source in enumerate(sources)]
    schema = load_schema()

    def parse_all() -> None:
        for source in sources:
            outline(parse(source))

    def lint_all() -> None:
        assert not lint(files, schema=schema).findings

    def load_all() -> None:
        for source in sources:
            yaml.load(source, Loader=yaml.CSafeLoader)

    report(f"parse and outline {FLOWS} flows", *alternating(rounds, parse_all, load_all), "PyYAML CSafeLoader")
    report(f"parse, outline and validate {FLOWS} flows", *alternating(rounds, lint_all, load_all), "PyYAML CSafeLoader")
