"""What was found to the report: what is asked for, what comments suppress, what the baseline has."""

from __future__ import annotations

from datetime import date

import pytest

from gitops.lint.baseline.comparing import entries_of
from gitops.lint.finding import Severity
from gitops.lint.linter import Options, Report, SourceFile, lint
from gitops.lint.report import FailOn
from gitops.lint.rule_entry import Profile
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import Baseline, Override

FLOW = """\
id: {id}
namespace: a
tasks:
  - id: t
    type: io.kestra.plugin.core.log.Log
    message: m
    lvel: INFO{more}
"""
MISTAKE = "unknown-property"


def flow(name: str = "one", more: str = "") -> SourceFile:
    return SourceFile(f"{name}.yml", FLOW.format(id=name, more=more).encode(), named=True)


def linted(*files: SourceFile, **options: object) -> Report:
    given = {"profile": Profile.MINIMAL, **options}
    return lint(files, schema=load_schema(), options=Options(**given))  # type: ignore[arg-type]  # as a test gives them


def rules(report: Report) -> list[tuple[str, str]]:
    return [(finding.file, finding.rule) for finding in report.findings]


def test_a_finding_knows_its_flow() -> None:
    assert [finding.flow for finding in linted(flow()).findings] == ["a.one"]
    broken = SourceFile("b.yml", b"id: [", named=True)
    assert [finding.flow for finding in linted(broken).findings] == [""]


def test_a_rule_of_the_schema_can_be_off_and_milder() -> None:
    assert linted(flow(), severities={MISTAKE: None}).findings == ()
    assert linted(flow(), severities={MISTAKE: Severity.INFO}).findings[0].severity is Severity.INFO


def test_what_makes_a_file_unreadable_can_be_neither() -> None:
    broken = SourceFile("b.yml", b"id: [  # gitops: ignore[yaml-syntax]\n", named=True)
    report = linted(broken, severities={"yaml-syntax": None})
    assert [(each.rule, each.severity) for each in report.findings] == [("yaml-syntax", Severity.ERROR)]


def test_only_these_rules() -> None:
    assert linted(flow(), only=frozenset({"large-file"})).findings == ()
    assert rules(linted(flow(), only=frozenset({MISTAKE}))) == [("one.yml", MISTAKE)]


def test_files_may_have_options_of_their_own() -> None:
    override = Override(patterns=("two.yml",), severities={MISTAKE: None})
    assert rules(linted(flow("one"), flow("two"), overrides=(override,))) == [("one.yml", MISTAKE)]
    strict = Override(patterns=("two.yml",), profile=Profile.STRICT)
    found = rules(linted(flow("one"), flow("two"), overrides=(strict,)))
    assert ("two.yml", "missing-description") in found
    assert ("one.yml", "missing-description") not in found


def test_options_of_rules_differ_by_file() -> None:
    small = Override(patterns=("two.yml",), settings={"large-file": {"kilobytes": 0}})
    every = {"large-file": Severity.INFO, MISTAKE: None}
    assert rules(linted(flow("one"), flow("two"), severities=every, overrides=(small,))) == [("two.yml", "large-file")]


def test_a_comment_suppresses_a_finding_and_says_why() -> None:
    report = linted(flow(more=f'  # gitops: ignore[{MISTAKE}] until=2027-03-01 reason="so"'), today=date(2027, 1, 1))
    assert report.findings == ()
    (suppressed,) = report.suppressed
    assert (suppressed.finding.rule, suppressed.finding.file) == (MISTAKE, "one.yml")
    assert (suppressed.line, suppressed.reason, suppressed.until) == (7, "so", "2027-03-01")
    assert not report.failing(FailOn(Severity.INFO))


@pytest.mark.parametrize(("day", "found"), [(date(2027, 3, 1), 0), (date(2027, 3, 2), 1), (None, 0)])
def test_a_suppression_holds_until_the_end_of_its_day(day: date | None, found: int) -> None:
    report = linted(flow(more=f"  # gitops: ignore[{MISTAKE}] until=2027-03-01"), today=day)
    assert len([each for each in report.findings if each.rule == MISTAKE]) == found


def test_comments_may_be_worth_nothing() -> None:
    file = flow(more=f"  # gitops: ignore[{MISTAKE}]")
    assert rules(linted(file, comments="unread")) == [("one.yml", MISTAKE)]
    report = linted(file, comments="refused", severities={"unused-suppression": Severity.WARNING})
    assert [each.message for each in report.findings if each.rule == "unused-suppression"] == [
        "comments suppress nothing in this repository"
    ]


def test_findings_of_several_files_are_suppressed_too() -> None:
    two = flow("one")._replace(path="two.yml")
    assert ("two.yml", "duplicate-flow") in rules(linted(flow("one"), two))
    text = FLOW.format(id="one  # gitops: ignore[duplicate-flow]", more="").encode()
    assert ("two.yml", "duplicate-flow") not in rules(linted(flow("one"), two._replace(source=text)))


def test_a_comment_in_a_file_that_is_only_there_is_not_judged() -> None:
    report = linted(
        flow("one", more="  # gitops: ignore[bad-enum]")._replace(context=True),
        severities={"unused-suppression": Severity.WARNING},
    )
    assert report.findings == ()


def unused(*, family: str, **options: object) -> bool:
    rule = {"git": "path-mismatch", "references": "unknown-subflow"}[family]
    text = FLOW.format(id="one", more="").replace("    lvel: INFO", f"  # gitops: ignore[{rule}]").encode()
    asked = {rule: Severity.ERROR, "unused-suppression": Severity.WARNING}
    return bool(linted(SourceFile("one.yml", text, named=True), severities=asked, **options).findings)


def test_what_cannot_be_told_is_not_said_to_be_unused() -> None:
    assert not unused(family="references")
    assert unused(family="references", complete=True)
    assert not unused(family="git", complete=True)


def baseline(report: Report, day: str = "2026-01-01") -> Baseline:
    return Baseline(".gitops-baseline.json", tuple(entries_of(report.findings, (), day)))


def test_what_the_baseline_has_is_told_apart() -> None:
    before = baseline(linted(flow("one")))
    report = linted(flow("one"), flow("two"), baseline=before)
    assert rules(report) == [("two.yml", MISTAKE)]
    assert [(each.finding.file, each.first_seen) for each in report.known] == [("one.yml", "2026-01-01")]
    assert (report.baseline, report.gone) == (".gitops-baseline.json", ())
    assert len(report.failing(FailOn())) == 1
    assert len(report.failing(FailOn(known=True))) == 2


def test_a_file_that_is_renamed_is_known_still() -> None:
    before = baseline(linted(flow("one")))
    assert linted(flow("one")._replace(path="new/name.yml"), baseline=before).findings == ()


def test_what_is_mended_is_gone() -> None:
    before = baseline(linted(flow("one"), flow("two")))
    mended = flow("one")._replace(source=FLOW.format(id="one", more="").replace("lvel", "level").encode())
    report = linted(mended, baseline=before)
    assert [(entry.flow, entry.rule) for entry in report.gone] == [("a.one", MISTAKE)]


def test_without_all_files_or_without_its_rule_nothing_is_gone() -> None:
    before = baseline(linted(flow("one"), flow("two")))
    assert linted(flow("one"), baseline=before).gone == ()
    assert [entry.flow for entry in linted(flow("one"), baseline=before, complete=True).gone] == ["a.two"]
    assert linted(flow("one"), baseline=before, severities={MISTAKE: None}).gone == ()
    context = linted(flow("one"), flow("three")._replace(context=True), baseline=before, complete=True)
    assert context.gone == ()


def test_what_makes_a_file_unreadable_is_never_known() -> None:
    broken = SourceFile("b.yml", b"id: [", named=True)
    report = linted(broken, baseline=baseline(linted(broken)))
    assert rules(report) == [("b.yml", "yaml-syntax")]


class _Kept:
    def __init__(self) -> None:
        self.facts: dict[str, object] = {}

    def get(self, blob: str) -> object:
        return self.facts.get(blob)

    def put(self, blob: str, facts: object) -> None:
        self.facts[blob] = facts

    def __contains__(self, blob: str) -> bool:
        return blob in self.facts


def test_facts_are_kept_apart_by_the_options_of_files() -> None:
    kept = _Kept()
    options = Options(
        severities={"missing-labels": Severity.INFO, MISTAKE: None},
        overrides=(Override(patterns=("two.yml",), settings={"missing-labels": {"keys": ("team",)}}),),
    )
    for _ in range(2):
        report = lint(
            [flow("one"), flow("one")._replace(path="two.yml")],
            schema=load_schema(),
            options=options,
            known=kept,  # type: ignore[arg-type]  # facts of any kind
        )
        assert ("two.yml", "missing-labels") in rules(report)
        assert ("one.yml", "missing-labels") not in rules(report)
    assert len(kept.facts) == 2
