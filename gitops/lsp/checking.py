"""What the linter says of one open document by itself: after every keystroke, so it must be quick."""

from __future__ import annotations

from collections.abc import Mapping

from gitops.lint.analysis import Analysis
from gitops.lint.by_path import ByPath
from gitops.lint.facts.facts import Facts
from gitops.lint.finding import Finding
from gitops.lint.linter import lint
from gitops.lint.rule_entry import Rule, Scope
from gitops.lint.rules.table import RULES
from gitops.lint.ruleset import rules_of
from gitops.lint.schema.kinds import Schema
from gitops.lint.source import Options, Override, SourceFile
from gitops.lsp.documents import OpenDocument


class Checking:
    """The linter for single documents of one work tree; what it needs is made once."""

    def __init__(self, schema: Schema, options: Options) -> None:
        self._schema = schema
        self._rules = rules_of(options)
        # What is between files is looked at with all of them.
        alone = {rule.name: None for rule in self._rules.values() if rule.scope is Scope.REPOSITORY}
        last = Override(severities=alone)
        self._by_path = ByPath(
            options._replace(complete=False, compared=False, paths=None, overrides=(*options.overrides, last))
        )
        self._analyses: dict[int, Analysis] = {}

    def findings(self, document: OpenDocument) -> tuple[Finding, ...]:
        """The findings that the document alone gives; none when it holds no flow."""
        if not document.holds_flow:
            return ()
        options = self._by_path.at(document.path)
        if id(options) not in self._analyses:
            self._analyses[id(options)] = Analysis(self._schema, options, many=1)
        source = document.text.encode(errors="replace")
        held = _Held(self._analyses[id(options)].facts(source))
        report = lint([SourceFile(document.path, source)], schema=self._schema, options=options, known=held)
        return tuple(finding for finding in report.findings if not takes_several(finding, self._rules))


def takes_several(finding: Finding, rules: Mapping[str, Rule] = RULES) -> bool:
    """Whether a finding is about several files."""
    rule = rules.get(finding.rule)
    return rule is not None and rule.scope is Scope.REPOSITORY


class _Held:
    """Knows the facts of the one content that is linted."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def get(self, _blob: str) -> Facts:
        return self._facts

    def put(self, blob: str, facts: Facts) -> None:
        """Nothing is kept."""

    def __contains__(self, _blob: str) -> bool:
        return True
