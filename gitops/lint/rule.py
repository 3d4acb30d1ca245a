"""What a rule is, and what it is given. It knows its name, its severity and its page, not lines or files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from gitops.language.document import Document, Problem
from gitops.language.outline import Outline
from gitops.language.position import Path, Span
from gitops.lint.finding import Finding, Related, Severity
from gitops.lint.kinds import Kinds
from gitops.lint.lookup import value_at
from gitops.lint.masking import MASK, holds_secret, masked_line
from gitops.lint.source import Options, SourceFile


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its page is the docstring of its module.

    `check` reads one flow, `check_all` all flows together; neither is there when the document or the schema finds it.
    """

    name: str
    severity: Severity
    since: str
    page: str
    check: Callable[[Subject], Iterator[Finding]] | None = None
    check_all: Callable[[Repository], Iterator[Finding]] | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One flow as a rule sees it.

    `whole` is its data with its plugin defaults, `base` the flow that the same path held at the base revision.
    """

    file: SourceFile
    document: Document
    outline: Outline
    kinds: Kinds
    options: Options
    whole: Mapping[str, object] = field(default_factory=dict)
    base: Outline | None = None
    rule: Rule | None = None

    @property
    def flow(self) -> tuple[str, str] | None:
        """The namespace and id of the flow; None when one of them is missing."""
        namespace, flow_id = self.outline.namespace, self.outline.id
        return (namespace, flow_id) if namespace and flow_id else None

    def at(self, path: Path) -> object:
        """The value at a path, with its plugin defaults; `NOT_THERE` when there is none."""
        return value_at(self.whole, path)

    def under(self, rule: Rule) -> Subject:
        """The same subject for another rule: its findings are of that rule."""
        # Not `replace`: this is done for every rule and every flow.
        return Subject(self.file, self.document, self.outline, self.kinds, self.options, self.whole, self.base, rule)

    def finding(
        self,
        path: Path,
        message: str,
        *,
        key: bool = False,
        expected: str | None = None,
        found: str | None = None,
        help: str | None = None,  # noqa: A002 - the member's name
        related: Path | Related | None = None,
    ) -> Finding:
        """A finding about the value at a path, or about its key."""
        if found is not None and not key and holds_secret(self.document, path):
            found = MASK
        span = self.document.span(path, key=key)
        related = self.place(related, "first used here") if isinstance(related, tuple) else related
        return self._finding(span, message, expected=expected, found=found, help=help, related=related)

    def place(self, path: Path, message: str) -> Related:
        """A place in this flow, for a finding about another."""
        return Related(self.file.path, self.document.span(path), message)

    def problem(self, problem: Problem) -> Finding:
        """The finding for a problem of the text; a quoted value on a line that holds a secret is left out."""
        line = self.document.line(problem.span.line)
        secret = masked_line(self.document, problem.span.line) != line
        words = _RELATED.get(problem.rule, "it begins here")
        related = None if problem.related is None else Related(self.file.path, problem.related, words)
        return self._finding(
            problem.span,
            problem.message,
            expected=problem.expected,
            found=MASK if problem.found and secret else problem.found,
            help=problem.help,
            related=related,
        )

    def _finding(
        self,
        span: Span,
        message: str,
        *,
        expected: str | None,
        found: str | None,
        help: str | None,  # noqa: A002 - the member's name
        related: Related | None,
    ) -> Finding:
        rule = self.rule or _NO_RULE
        excerpt = masked_line(self.document, span.line)
        return Finding(rule.name, rule.severity, message, self.file.path, span, expected, found, help, related, excerpt)


@dataclass(frozen=True, slots=True)
class Repository:
    """All flows together, for rules about several files."""

    subjects: tuple[Subject, ...]
    options: Options

    @property
    def paths(self) -> frozenset[str]:
        """The files that hold the flows."""
        return frozenset(subject.file.path for subject in self.subjects)


_RELATED = {"duplicate-key": "first used here"}
_NO_RULE = Rule("no-rule", Severity.ERROR, "0.1", "")


def rule(*, severity: Severity, since: str) -> Callable[[Callable[[Subject], Iterator[Finding]]], Rule]:
    """Make a rule about one flow of a function; its name in kebab case is the rule's."""
    return lambda function: replace(_declared(function.__name__, function.__module__, severity, since), check=function)


def repository_rule(*, severity: Severity, since: str) -> Callable[[Callable[[Repository], Iterator[Finding]]], Rule]:
    """Make a rule about all flows together of a function; its name in kebab case is the rule's."""
    return lambda function: replace(
        _declared(function.__name__, function.__module__, severity, since), check_all=function
    )


def declared(module: str, *, severity: Severity, since: str) -> Rule:
    """A rule that the document or the schema finds, named for the module that holds its page."""
    return _declared(module.rpartition(".")[2], module, severity, since)


def _declared(name: str, module: str, severity: Severity, since: str) -> Rule:
    return Rule(name.replace("_", "-"), severity, since, page=sys.modules[module].__doc__ or "")
