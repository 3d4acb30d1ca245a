"""What is wrong with suppressions themselves: the findings of the rules about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gitops.language.document import Document
from gitops.language.position import Span
from gitops.language.quoting import quote
from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.masking import masked_line
from gitops.lint.rule import load
from gitops.lint.rule_entry import Rule, Scope
from gitops.lint.suppression.applying import Commented, Used, is_over
from gitops.lint.suppression.removal import removal, removal_of_name
from gitops.lint.suppression.suppression import Named, Suppression
from gitops.lint.words import closest, count, did_you_mean, listing

MALFORMED = "malformed-suppression"
UNUSED = "unused-suppression"
UNKNOWN = "unknown-suppressed-rule"
WITHOUT_REASON = "suppression-without-reason"
EXPIRED = "expired-suppression"
LONG = "long-suppression"
JUDGES = frozenset({MALFORMED, UNUSED, UNKNOWN, WITHOUT_REASON, EXPIRED, LONG})
"""The rules about suppressions."""
MENDED = frozenset({UNUSED, UNKNOWN})
"""Those of them whose findings have a fix."""


def judge(file: Commented, used: Used, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """The findings about the suppressions of a file, of every rule about them, asked for or not."""
    if file.options.comments == "unread":
        return
    judge_of_file = _Judge(file, used, rules)
    for suppression in file.suppressions:
        yield from judge_of_file.findings(suppression)


class _Judge:
    def __init__(self, file: Commented, used: Used, rules: Mapping[str, Rule]) -> None:
        self._file = file
        self._options = file.options
        self._used = used
        self._rules = rules

    def findings(self, suppression: Suppression) -> Iterator[Finding]:
        """Everything that is wrong with a suppression."""
        if suppression.mistake is not None:
            yield self._made(MALFORMED, suppression.span, suppression.mistake, help_=suppression.help)
            return
        if self._options.comments == "refused":
            yield self._refused(suppression)
            return
        yield from self._unknown(suppression)
        if suppression.reason is None:
            yield self._made(
                WITHOUT_REASON, suppression.span, "a suppression without a reason", help_='add `reason="…"`'
            )
        yield from self._ended(suppression)
        yield from self._unused(suppression)

    def _refused(self, suppression: Suppression) -> Finding:
        message = "comments suppress nothing in this repository"
        fix = removal(self._document, suppression.span)
        return self._made(UNUSED, suppression.span, message, help_="`allow-inline-ignores` is off; delete it", fix=fix)

    def _unknown(self, suppression: Suppression) -> Iterator[Finding]:
        for name, span in suppression.rules:
            if name not in self._rules:
                meant = closest(name, tuple(self._rules))
                fix = Fix(f"write {quote(meant)}", (Edit(span, meant),)) if meant else None
                advice = did_you_mean(meant) or "`gitops rules` lists them"
                yield self._made(UNKNOWN, span, f"there is no rule {quote(name)}", help_=advice, fix=fix)

    def _ended(self, suppression: Suppression) -> Iterator[Finding]:
        """Whether it is over, or when it will be."""
        today, until = self._options.today, suppression.until
        if is_over(suppression, self._options):
            message = f"this suppression held until {until}"
            yield self._made(EXPIRED, suppression.span, message, help_="mend what it let be, and delete it")
            return
        most = self._most_days()
        if until is None:
            expected = f"`until=` with a day at most {count(most, 'day', 'days')} from now"
            yield self._made(LONG, suppression.span, "a suppression without an end", expected=expected)
        elif today is not None and (days := (type(today).fromisoformat(until) - today).days) > most:
            expected, found = f"at most {count(most, 'day', 'days')} from now", f"{count(days, 'day', 'days')}"
            yield self._made(LONG, suppression.span, "a suppression for too long", expected=expected, found=found)

    def _most_days(self) -> int:
        days = load(self._rules[LONG]).options[0]
        value = self._options.settings.get(LONG, {}).get(days.name, days.default)
        assert isinstance(value, int)  # noqa: S101 - the rule has one option, and this is its kind
        return value

    def _unused(self, suppression: Suppression) -> Iterator[Finding]:
        if is_over(suppression, self._options):
            return
        unused = [named for named in suppression.rules if self._is_unused(suppression, named)]
        if len(unused) == len(suppression.rules):
            names = listing(dict.fromkeys(named.rule for named in unused))
            fix = removal(self._document, suppression.span)
            yield self._useless(suppression.span, f"{names} {_where(suppression)}", fix)
            return
        for named in unused:
            fix = removal_of_name(suppression.rules, named)
            yield self._useless(named.span, f"{quote(named.rule)} {_where(suppression)}", fix)

    def _useless(self, span: Span, what: str, fix: Fix) -> Finding:
        return self._made(UNUSED, span, f"there is nothing to suppress of {what}", help_=fix.message, fix=fix)

    def _is_unused(self, suppression: Suppression, named: Named) -> bool:
        """Whether it is certain that a suppression suppresses nothing of a rule."""
        rule = self._rules.get(named.rule)
        if rule is None or rule.name in JUDGES or not self._options.runs(rule):
            return False
        # Without the other files, or without what was before, findings of such rules may only be missing now.
        seen = rule.scope is not Scope.REPOSITORY or (self._options.complete and rule.family != "git")
        return seen and (self._file.path, suppression, named.rule) not in self._used

    def _made(
        self,
        rule: str,
        span: Span,
        message: str,
        *,
        expected: str | None = None,
        found: str | None = None,
        help_: str | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        return Finding(
            rule,
            Severity.WARNING,
            message,
            self._file.path,
            span,
            expected,
            found,
            help_,
            excerpt=masked_line(self._document, span.line),
            fix=fix,
        )

    @property
    def _document(self) -> Document:
        return self._file.document()


def _where(suppression: Suppression) -> str:
    """What a suppression is for."""
    if suppression.everywhere:
        return "in this file"
    if suppression.last > suppression.first:
        return f"from line {suppression.first} to {suppression.last}"
    return f"in line {suppression.first}" if suppression.first else "below it"
