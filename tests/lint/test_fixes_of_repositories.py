"""The fixes of rules about several files, on the cases that are repositories: each mends its finding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gitops.lint.finding import Severity
from gitops.lint.fixing import fixable, mend_once
from gitops.lint.linter import Report, SourceFile, lint
from gitops.lint.schema.kinds import Schema
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import content
from tests.lint.rule_case import repository

CASES = sorted(path for path in (Path(__file__).parent / "rules").glob("*/*/*") if path.is_dir())


@pytest.fixture(scope="module")
def shipped() -> Schema:
    return load_schema()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_fix_mends_its_finding_and_brings_no_error(case: Path, shipped: Schema) -> None:
    files, options = repository(case)

    def said(now: Sequence[SourceFile]) -> Report:
        return lint(now, schema=shipped, options=options)

    before = said(files)
    for finding in fixable(before.findings, unsafe=True):
        file = next(each for each in files if each.path == finding.file)
        text = content(file.source or b"").decode()
        mended = mend_once(text, [finding], lambda _text: (), unsafe=True).text
        after = said([each._replace(source=mended.encode()) if each is file else each for each in files])
        assert len(after.findings) < len(before.findings)
        assert after.counts()[Severity.ERROR] <= before.counts()[Severity.ERROR]
