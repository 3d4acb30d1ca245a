"""What a rule is said to be about: in a flow with none of those words it finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.language.document import parse
from gitops.lint.rule import load
from gitops.lint.rule_entry import Scope
from gitops.lint.rules.table import RULES
from gitops.lint.schema.kinds import Kinds
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import Dialect, Options
from gitops.lint.subject import Subject

CASES = sorted((Path(__file__).parent / "rules").glob("*/*/*.yml"))
CHECKS = {
    rule: check for rule in RULES.values() if rule.scope is Scope.FLOW and (check := load(rule).check) is not None
}


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    return Kinds(load_schema())


@pytest.mark.parametrize("dialect", ["v1", "v2"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_rule_finds_nothing_in_flows_that_it_is_not_about(case: Path, dialect: Dialect, kinds: Kinds) -> None:
    document = parse(case.read_bytes())
    if not isinstance(document.data, dict):
        return
    subject = Subject(document, kinds, Options(dialect=dialect))
    others = (rule for rule in CHECKS if rule.about and subject.words.isdisjoint(rule.about))
    assert [rule.name for rule in others if any(CHECKS[rule](subject))] == []
