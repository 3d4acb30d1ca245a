"""Findings and suppressions to what is left, what is suppressed, and which suppressions were of use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gitops.lint.finding import Finding
from gitops.lint.report import Suppressed
from gitops.lint.rule_entry import Rule
from gitops.lint.source import Options
from gitops.lint.suppression.suppression import Suppression

if TYPE_CHECKING:
    from gitops.language.document import Document


class Commented(NamedTuple):
    """A file with suppressions: what is asked of it, and its text, read when it is needed."""

    path: str
    suppressions: tuple[Suppression, ...]
    options: Options
    document: Callable[[], Document]


Used = set[tuple[str, Suppression, str]]
"""The suppressions that suppressed something, by path and with the name of the rule."""


class Applied(NamedTuple):
    """The findings that are left, and those that are not."""

    findings: list[Finding]
    suppressed: list[Suppressed]
    used: Used


def apply(findings: Iterable[Finding], files: Mapping[str, Commented], rules: Mapping[str, Rule]) -> Applied:
    """Take away what is suppressed. Of several suppressions that reach a finding, each was of use."""
    left: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: Used = set()
    by_rule = {path: _by_rule(file, rules) for path, file in files.items()}
    for finding in findings:
        candidates = by_rule.get(finding.file, {}).get(finding.rule, ())
        reaching = [each for each in candidates if each.reaches(finding.span)]
        used |= {(finding.file, each, finding.rule) for each in reaching}
        if reaching:
            first = reaching[0]
            suppressed.append(Suppressed(finding, first.span.line, first.reason, first.until))
        else:
            left.append(finding)
    return Applied(left, suppressed, used)


def is_over(suppression: Suppression, options: Options) -> bool:
    """Whether the last day of a suppression is past."""
    today = options.today
    return suppression.until is not None and today is not None and suppression.until < today.isoformat()


def _by_rule(file: Commented, rules: Mapping[str, Rule]) -> dict[str, list[Suppression]]:
    """The suppressions that hold, by the rules that they are for."""
    found: dict[str, list[Suppression]] = {}
    if file.options.comments != "obeyed":
        return found
    for each in file.suppressions:
        for name in {named.rule for named in each.rules} if not is_over(each, file.options) else ():
            if name in rules and not rules[name].fixed:
                found.setdefault(name, []).append(each)
    return found
