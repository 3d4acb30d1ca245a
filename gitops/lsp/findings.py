"""Findings in the words of the protocol."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from gitops.lint.addresses import page_address
from gitops.lint.finding import Finding, Related, Severity
from gitops.lint.rules.table import RULES
from gitops.lsp.around import Around
from gitops.lsp.documents import OpenDocument

SOURCE = "gitops"

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_OLD = "deprecation"
_UNUSED = "unused-"


def published(document: OpenDocument, findings: Iterable[Finding], around: Around) -> list[types.Diagnostic]:
    """The findings about a document, as an editor shows them."""
    return [_shown(document, finding, around) for finding in findings]


def _shown(document: OpenDocument, finding: Finding, around: Around) -> types.Diagnostic:
    address = page_address(finding.rule)
    return types.Diagnostic(
        document.range(finding.span),
        words(finding),
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(address) if address else None,
        source=SOURCE,
        tags=_marks(finding.rule) or None,
        related_information=[_related(document, each, around) for each in finding.related] or None,
    )


def words(finding: Finding) -> str:
    """All that a finding says, a line for each thing."""
    said = {"expected": finding.expected, "found": finding.found, "help": finding.help}
    return "\n".join([finding.message, *(f"{name}: {text}" for name, text in said.items() if text)])


def _marks(name: str) -> list[types.DiagnosticTag]:
    rule = RULES.get(name)
    old = rule is not None and rule.family == _OLD
    unused = name.startswith(_UNUSED)
    return [types.DiagnosticTag.Deprecated] * old + [types.DiagnosticTag.Unnecessary] * unused


def _related(document: OpenDocument, related: Related, around: Around) -> types.DiagnosticRelatedInformation:
    other = document if related.file in ("", document.path) else around.document(related.file)
    return types.DiagnosticRelatedInformation(types.Location(other.uri, other.range(related.span)), related.message)
