"""One file's bytes to its facts: the text's own problems, the schema's objections, and the rules about one flow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from gitops.language.document import parse
from gitops.lint.changes import fix_of
from gitops.lint.facts.facts import Facts, facts
from gitops.lint.finding import Finding
from gitops.lint.quotation import quotation
from gitops.lint.rule import load
from gitops.lint.rule_entry import Rule, Scope
from gitops.lint.ruleset import rules_of
from gitops.lint.schema.defaults import in_entries, placed
from gitops.lint.schema.gate import ENOUGH_FILES, Gates
from gitops.lint.schema.kinds import Kinds
from gitops.lint.schema.objection import Objection
from gitops.lint.schema.walk import Walk
from gitops.lint.source import Options
from gitops.lint.subject import Subject

MOST_FINDINGS = 200
"""The most findings of one kind of check about one file; a file with more is no flow, and the rest is noise."""

_DEFAULT = 3
"""Where the property stands in the path of a default: `pluginDefaults`, index, `values`, property."""


class Analysis:
    """Makes the facts of contents; `many` is how many there will be."""

    def __init__(self, schema: Mapping[str, object], options: Options, *, many: int) -> None:
        self._kinds = Kinds(schema)
        self._options = options
        fast = many >= ENOUGH_FILES and options.dialect == "v1"
        self._walk = Walk(self._kinds, options, gates=Gates(self._kinds) if fast else None)
        self._checks = [
            _Check(rule) for rule in rules_of(options).values() if rule.scope is Scope.FLOW and options.runs(rule)
        ]
        self._always = {number for number, check in enumerate(self._checks) if not check.about}
        self._by_word: dict[str, set[int]] = {}
        for number, check in enumerate(self._checks):
            for word in check.about:
                self._by_word.setdefault(word, set()).add(number)

    def facts(self, source: bytes) -> Facts:
        """The facts of a content."""
        subject = Subject(parse(source), self._kinds, self._options)
        return facts(subject, tuple(self._findings(subject)))

    def _findings(self, subject: Subject) -> Iterator[Finding]:
        for problem in islice(subject.document.problems, MOST_FINDINGS):
            yield subject.problem(problem)._replace(fix=quotation(subject.document, problem))
        data = subject.document.data
        if not isinstance(data, dict):
            return
        for objection in islice(self._objections(subject, data), MOST_FINDINGS):
            yield _of_objection(subject, objection)
        for number in sorted(self._about(subject.words)):
            check = self._checks[number]
            for finding in islice(check.run(subject), MOST_FINDINGS):
                yield finding._replace(rule=check.name)

    def _about(self, words: frozenset[str]) -> set[int]:
        """The numbers of the rules that are about a flow with these words."""
        return self._always.union(*(self._by_word[word] for word in words & self._by_word.keys()))

    def _objections(self, subject: Subject, data: dict[str, object]) -> Iterator[Objection]:
        """What the schema objects to in a flow with its plugin defaults, and in the defaults."""
        if subject.whole is data:
            yield from self._walk.flow(data)
            return
        of_entries = list(islice(in_entries(data, subject.kinds, self._walk), MOST_FINDINGS))
        told = {step for objection in of_entries for step in objection.path[_DEFAULT : _DEFAULT + 1]}
        for objection in self._walk.flow(subject.whole):
            found = placed(objection, source=data, whole=subject.whole, told=told)
            if found is not None:
                yield found
        yield from of_entries


class _Check:
    """A rule about one flow, whose module is imported when a flow comes that it may be about."""

    def __init__(self, rule: Rule) -> None:
        self.name = rule.name
        self.about = rule.about
        self._rule = rule

    @cached_property
    def run(self) -> Callable[[Subject], Iterator[Finding]]:
        check = load(self._rule).check
        assert check is not None  # noqa: S101 - a rule about one flow has one
        return check


def _of_objection(subject: Subject, objection: Objection) -> Finding:
    made = subject.finding(
        objection.path,
        objection.message,
        key=objection.key,
        expected=objection.expected,
        found=objection.found,
        help=objection.help,
        fix=fix_of(subject.document, objection),
    )
    return made._replace(rule=objection.rule)
