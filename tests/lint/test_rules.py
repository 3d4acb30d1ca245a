"""The rules on their data.

A file in `rules/<rule>/` is one case; a folder there is a repository with a `head` and a `base`. Every line that a
finding is expected on carries the mark `# finding: <rule>`, and there may be no other findings. What is printed stands
beside the case in a `.txt` file. A first line `# dialect: v2` asks for that dialect.
Run with GITOPS_WRITE_EXPECTED=1 to write the files anew, then read the change.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gitops.lint.finding import Severity
from gitops.lint.linter import Options, Report, SourceFile, lint
from gitops.lint.reporters.text import render
from gitops.lint.rule import load
from gitops.lint.rules.table import RULES
from gitops.lint.schema.kinds import Schema

FOLDER = Path(__file__).parent / "rules"
CASES = sorted(path for path in FOLDER.glob("*/*/*") if path.suffix != ".txt")
HEADINGS = ["What it does", "Why it matters", "Example", "Use instead"]
ONE_FILE_SAYS_NOTHING = {"duplicate-flow", "namespace-changed", "path-mismatch"}
SEVERITIES = {
    Severity.WARNING: {"deprecated-type", "deprecated-property", "unfiltered-flow-trigger", "ignored-condition"},
    Severity.INFO: {"deprecated-alias"},
}
_DIALECT = re.compile(r"# dialect: (v\d)\n")
_ONLY = re.compile(r"With the dialect `(v\d)` only")
_MARK = re.compile(r"# finding: ([a-z0-9-]+)")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_findings_are_on_the_marked_lines_and_read_as_expected(case: Path, schema: Schema) -> None:
    report = run(case, schema)
    found = {(finding.file, finding.span.line, finding.rule) for finding in report.findings}
    assert found == set(marks(case))
    compare(case.with_suffix(".txt"), render(report, color=False) if report.findings else "")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_cases_with_and_without_findings(rule: str) -> None:
    cases = [case for case in CASES if case.parent.name == rule]
    marked = [any(name == rule for _, _, name in marks(case)) for case in cases]
    assert any(marked)
    assert not all(marked)


def test_every_folder_is_that_of_a_rule() -> None:
    assert {(folder.parent.name, folder.name) for folder in FOLDER.glob("*/*")} == {
        (rule.family, name) for name, rule in RULES.items()
    }


@pytest.mark.parametrize("name", RULES)
def test_every_page_has_its_headings(name: str) -> None:
    assert re.findall(r"^## (.*)$", load(RULES[name]).page, re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("name", [name for name in RULES if name not in ONE_FILE_SAYS_NOTHING])
def test_the_page_shows_a_finding_and_then_none(name: str, schema: Schema) -> None:
    bad, good = re.findall(r"```yaml\n(.*?)```", load(RULES[name]).page, re.DOTALL)
    only = _ONLY.search(load(RULES[name]).page)
    dialect = f"# dialect: {only[1]}\n" if only else ""
    assert {finding.rule for finding in read(dialect + bad, schema).findings} == {name}
    assert read(dialect + good, schema).findings == ()
    assert only is None or read(bad, schema).findings == () or "deprecated" in read(bad, schema).findings[0].rule


@pytest.mark.parametrize("name", RULES)
def test_what_works_today_is_no_error(name: str) -> None:
    expected = next((severity for severity, names in SEVERITIES.items() if name in names), Severity.ERROR)
    assert RULES[name].severity is expected


def read(source: str, schema: Schema, path: str = "hello.yml") -> Report:
    found = _DIALECT.match(source)
    options = Options(dialect="v2" if found and found[1] == "v2" else "v1")
    return lint([SourceFile(path, source.encode(), named=True)], schema=schema, options=options)


def run(case: Path, schema: Schema) -> Report:
    if case.is_file():
        return read(case.read_text(), schema, case.name)
    head, base = contents(case / "head"), contents(case / "base")
    files = [SourceFile(path, source, base.get(path)) for path, source in head.items()]
    gone = [SourceFile(path, None, base=source) for path, source in base.items() if path not in head]
    return lint([*files, *gone], schema=schema, options=Options(root="", complete=True, compared=True))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yml"))}


def marks(case: Path) -> Iterator[tuple[str, int, str]]:
    top = case.parent if case.is_file() else case / "head"
    for file in [case] if case.is_file() else sorted(top.rglob("*.yml")):
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            yield from ((file.relative_to(top).as_posix(), number, rule) for rule in _MARK.findall(line))


def compare(expected: Path, text: str) -> None:
    if os.environ.get("GITOPS_WRITE_EXPECTED"):
        expected.unlink(missing_ok=True)
        if text:
            expected.write_text(text)
    assert text == (expected.read_text() if expected.exists() else "")
