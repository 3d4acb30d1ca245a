"""Findings are told as an editor shows them."""

from __future__ import annotations

import pytest
from lsprotocol import types

from gitops.language.document import Span
from gitops.lint.finding import Finding, Related, Severity
from gitops.lsp.findings import published
from tests.lsp.flows import around, document

TEXT = "id: 😀a\nnamespace: b\n"
HERE = Span(1, 5, 1, 7)


def told(finding: Finding) -> types.Diagnostic:
    """A finding as an editor is told."""
    [found] = published(document(TEXT), [finding], around({"other.yml": "# 漢\nid: x\n"}))
    return found


@pytest.mark.parametrize(
    ("severity", "shown"),
    [
        (Severity.ERROR, types.DiagnosticSeverity.Error),
        (Severity.WARNING, types.DiagnosticSeverity.Warning),
        (Severity.INFO, types.DiagnosticSeverity.Information),
    ],
)
def test_a_finding_is_as_bad_as_it_is(severity: Severity, shown: types.DiagnosticSeverity) -> None:
    assert told(Finding("invalid-id", severity, "wrong", "", HERE)).severity is shown


def test_a_finding_says_all_it_knows() -> None:
    shown = told(Finding("invalid-id", Severity.ERROR, "wrong", "", HERE, "an id", "`😀a`", "write `a`"))
    assert shown.message == "wrong\nexpected: an id\nfound: `😀a`\nhelp: write `a`"
    assert shown.range == types.Range(types.Position(0, 4), types.Position(0, 7))
    assert (shown.code, shown.source) == ("invalid-id", "gitops")
    assert shown.code_description is not None
    assert shown.code_description.href.endswith("/invalid-id")


def test_what_is_old_is_struck_through() -> None:
    assert told(Finding("deprecated-type", Severity.INFO, "old", "", HERE)).tags == [types.DiagnosticTag.Deprecated]
    assert told(Finding("invalid-id", Severity.INFO, "wrong", "", HERE)).tags is None


def test_a_second_place_may_be_in_another_file() -> None:
    related = (Related("", HERE, "here"), Related("other.yml", Span(2, 1, 2, 3), "there"))
    shown = told(Finding("duplicate-flow", Severity.ERROR, "twice", "", HERE, related=related)).related_information
    assert shown is not None
    assert [(each.location.uri.rpartition("/")[2], each.location.range.start.line) for each in shown] == [
        ("asked.yml", 0),
        ("other.yml", 1),
    ]
