"""The rules on their data, each case as `rule_case.py` describes it; what is printed stands beside it in a `.txt` file.

Run with GITOPS_WRITE_EXPECTED=1 to write those files anew, then read the change.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from gitops.lint.reporters.text import render
from gitops.lint.rule import load
from gitops.lint.rule_entry import Scope
from gitops.lint.rules.table import RULES
from gitops.lint.schema.kinds import Schema
from gitops.lint.schema.shipped import load_schema
from gitops.lint.telling.view import View
from tests.lint.rule_case import marks, report, report_of_text, texts

FOLDER = Path(__file__).parent / "rules"
CASES = sorted(path for path in FOLDER.glob("*/*/*") if path.suffix != ".txt")
HEADINGS = ["What it does", "Why it matters", "Example", "Use instead"]
_OF_OTHER_PLUGINS = {"sql-injection"}
"""Rules about types that are not shipped."""
_BROKEN_FILES = {"empty-file", "trailing-space"}
"""Rules whose page cannot show their file as it is."""
_ONLY = re.compile(r"With the dialect `(v\d)` only")


@pytest.fixture(scope="module")
def shipped() -> Schema:
    """The schema that is shipped: rules about flows know its types."""
    return load_schema()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_findings_are_on_the_marked_lines_and_read_as_expected(case: Path, schema: Schema, shipped: Schema) -> None:
    made = report(case, schema if RULES[case.parent.name].scope is Scope.DOCUMENT else shipped)
    found = {(finding.file, finding.span.line, finding.rule) for finding in made.findings}
    assert found == set(marks(case))
    compare(case.with_suffix(".txt"), "".join(render(made, View(texts=texts(case)))) if made.findings else "")


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


@pytest.mark.parametrize(
    "name", [name for name, rule in RULES.items() if rule.scope is not Scope.REPOSITORY and name not in _BROKEN_FILES]
)
def test_the_page_shows_a_finding_and_then_none(name: str, shipped: Schema) -> None:
    bad, good = re.findall(r"```yaml\n(.*?)```", load(RULES[name]).page, re.DOTALL)
    only = _ONLY.search(load(RULES[name]).page)
    dialect = f"# dialect: {only[1]}\n" if only else "# off: unknown-type\n" if name in _OF_OTHER_PLUGINS else ""
    assert {finding.rule for finding in report_of_text((dialect + bad).encode(), shipped, {name}).findings} == {name}
    assert report_of_text((dialect + good).encode(), shipped, {name}).findings == ()


def compare(expected: Path, text: str) -> None:
    if os.environ.get("GITOPS_WRITE_EXPECTED"):
        expected.unlink(missing_ok=True)
        if text:
            expected.write_text(text)
    assert text == (expected.read_text() if expected.exists() else "")
