"""The fixes of all rules, on the cases of the rules: each mends its finding, and is worth one round only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from gitops.lint.finding import Finding
from gitops.lint.fixing import fixable, mend, mend_once
from gitops.lint.rule_entry import Scope
from gitops.lint.rules.table import RULES
from gitops.lint.schema.kinds import Schema
from gitops.lint.schema.shipped import load_schema
from tests.lint.rule_case import marks, report_of_text

CASES = sorted((Path(__file__).parent / "rules").glob("*/*/*.yml"))


@pytest.fixture(scope="module")
def shipped() -> Schema:
    return load_schema()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_fix_mends_its_finding_and_is_made_once(case: Path, schema: Schema, shipped: Schema) -> None:
    known = schema if RULES[case.parent.name].scope is Scope.DOCUMENT else shipped
    rules = {case.parent.name, *(name for _, _, name in marks(case))}

    def check(text: str) -> Sequence[Finding]:
        return report_of_text(text.encode(), known, rules, path=case.name).findings

    text = case.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    for finding in fixable(check(text), unsafe=True):
        alone = mend_once(text, [finding], check, unsafe=True)
        assert not alone.left_out
        assert len([each for each in check(alone.text) if each.rule == finding.rule]) < len(
            [each for each in check(text) if each.rule == finding.rule]
        )
    mended = mend(text, check(text), check, unsafe=True)
    assert mend(mended.text, check(mended.text), check, unsafe=True).made == ()
