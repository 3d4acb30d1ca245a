"""SARIF 2.1.0, for GitHub's code scanning and whoever else reads it.

Messages hold expressions with braces. They are written as they are: the format's placeholders are read by those who
read them only in messages with arguments, and ours have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import quote

from gitops.language.position import Span
from gitops.lint.addresses import page_address
from gitops.lint.finding import Finding, Fix, Related, Severity
from gitops.lint.report import Report
from gitops.lint.rule import load
from gitops.lint.rule_entry import Profile, Rule
from gitops.lint.rules.table import RULES
from gitops.lint.telling.fixes import shown_fix
from gitops.lint.telling.json_text import json_text
from gitops.lint.telling.view import View
from gitops.lint.telling.wording import calm, paragraph

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000
"""GitHub refuses a run with more."""
LONGEST_DESCRIPTION = 1_024
"""GitHub refuses a longer description of a rule."""

_TOP = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ORDER = {severity: number for number, severity in enumerate(Severity)}
_SECURITY = "security"
_SECURITY_SEVERITIES = {Severity.ERROR: "8.0", Severity.WARNING: "5.5", Severity.INFO: "2.0"}
_PRECISION = {Profile.MINIMAL: "very-high", Profile.RECOMMENDED: "high", Profile.STRICT: "medium"}


def render(report: Report, view: View) -> Iterator[str]:
    """One run, as short as it can be written."""
    yield json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, view)]}) + "\n"


class _Told(NamedTuple):
    """A finding with its fingerprint, and what is said about how new it is and why it is suppressed."""

    finding: Finding
    fingerprint: str
    standing: dict[str, object]


def _run(report: Report, view: View) -> dict[str, object]:
    found = [*_all(report, view)]
    told = sorted(found, key=lambda each: _ORDER[each.finding.severity])[:MOST_RESULTS]
    rules = {name: number for number, name in enumerate(sorted({each.finding.rule for each in told}))}
    driver = {
        "name": "gitops",
        "semanticVersion": version("gitops"),
        "rules": [_descriptor(name, RULES.get(name)) for name in rules],
    }
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": "gitops-lint/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_TOP: {"description": {"text": "The top of the repository."}}},
        "invocations": [_invocation(len(found) - len(told))],
        "results": [_result(each, rules, view) for each in told],
    }


def _all(report: Report, view: View) -> Iterator[_Told]:
    """The findings; suppressed ones only when they are asked for, because GitHub shows them like any other."""
    marks = view.fingerprints(report)
    state: dict[str, object] = {} if report.baseline is None else {"baselineState": "new"}
    for finding in report.findings:
        yield _Told(finding, next(marks), state)
    if not view.suppressed:
        return
    for suppressed in report.suppressed:
        until = f" (until {suppressed.until})" if suppressed.until else ""
        why = _suppression("inSource", f"{suppressed.reason or 'no reason is given'}{until}")
        yield _Told(suppressed.finding, next(marks), state | why)
    for known in report.known:
        why = _suppression("external", f"in the baseline since {known.first_seen}")
        yield _Told(known.finding, next(marks), {"baselineState": "unchanged"} | why)


def _suppression(kind: str, justification: str) -> dict[str, object]:
    return {"suppressions": [{"kind": kind, "status": "accepted", "justification": calm(justification)}]}


def _invocation(left_out: int) -> dict[str, object]:
    """How the run went: well, or with more findings than may be told."""
    if not left_out:
        return {"executionSuccessful": True}
    message = {"text": f"{left_out} more findings are left out: a run may hold {MOST_RESULTS}."}
    return {"executionSuccessful": True, "toolExecutionNotifications": [{"level": "warning", "message": message}]}


def _descriptor(name: str, rule: Rule | None) -> dict[str, object]:
    if rule is None:
        return {"id": name, "shortDescription": {"text": name}}
    page = load(rule).page.strip()
    sentence, _, rest = page.partition("\n")
    description = {"text": sentence[:LONGEST_DESCRIPTION]}
    return {
        "id": name,
        "shortDescription": description,
        "fullDescription": description,
        "helpUri": page_address(name),
        "help": {"text": page, "markdown": f"{sentence}\n{rest}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": _properties(rule),
    }


def _properties(rule: Rule) -> dict[str, object]:
    """What GitHub sorts and filters by."""
    properties: dict[str, object] = {
        "tags": [rule.family, f"profile-{rule.profile}"],
        "precision": _PRECISION.get(rule.profile, "medium"),
    }
    if rule.family == _SECURITY:
        return {**properties, "security-severity": _SECURITY_SEVERITIES[rule.severity]}
    level = "recommendation" if rule.severity is Severity.INFO else rule.severity.value
    return {**properties, "problem.severity": level}


def _result(told: _Told, rules: dict[str, int], view: View) -> dict[str, object]:
    finding = told.finding
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rules[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(paragraph(finding))},
        "locations": [_place(finding)],
        # GitHub looks at the first, which it would make of lines; the second is for everybody else.
        "partialFingerprints": {"primaryLocationLineHash": f"{told.fingerprint}:1", "gitops/v1": told.fingerprint},
        **told.standing,
    }
    if finding.related:
        result["relatedLocations"] = [*_related(finding.related)]
    fix = shown_fix(finding, view.text_of(finding))
    if fix is not None:
        result["fixes"] = [_fix(finding.file, fix)]
    return result


def _message(text: str) -> str:
    """A text in which nothing is a link."""
    return calm(text).replace("](", "\\](")


def _place(finding: Finding) -> dict[str, object]:
    region: dict[str, object] = {**_region(finding.span)}
    if finding.excerpt is not None:
        region["snippet"] = {"text": calm(finding.excerpt)}
    location: dict[str, object] = {"physicalLocation": {"artifactLocation": _artifact(finding.file), "region": region}}
    if finding.anchor:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.anchor}]
    return location


def _related(places: Iterable[Related]) -> Iterator[dict[str, object]]:
    for number, place in enumerate(places, start=1):
        yield {
            "id": number,
            "message": {"text": _message(place.message)},
            "physicalLocation": {"artifactLocation": _artifact(place.file), "region": _region(place.span)},
        }


def _fix(file: str, fix: Fix) -> dict[str, object]:
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    return {
        "description": {"text": _message(fix.message)},
        "artifactChanges": [{"artifactLocation": _artifact(file), "replacements": replacements}],
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode(errors="surrogateescape")), "uriBaseId": _TOP}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
