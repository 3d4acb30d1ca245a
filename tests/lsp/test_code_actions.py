"""What may be done about findings is offered where they are, and does what it says."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from lsprotocol import types

from gitops.language.document import Span, parse
from gitops.lint.finding import Edit, Finding, Fix, Severity
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import Options
from gitops.lsp.checking import Checking
from gitops.lsp.code_actions import EXPLAIN, FIX_ALL, code_actions
from gitops.lsp.documents import OpenDocument
from tests.lsp.flows import document

FLOW = "id: a😀b\nnamespace: company.team\ntasks: []\n"
KINDS = types.CodeActionKind


def wrong(text: str, *, safe: bool = True) -> list[Finding]:
    """A rule that wants other words for some words."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for bad, good in (("😀b", "c"), ("team", "crew")):
            column = line.find(bad) + 1
            if column:
                span = Span(number, column, number, column + len(bad))
                fix = Fix(f"write `{good}`", (Edit(span, good),), safe=safe)
                found.append(Finding("invalid-id", Severity.WARNING, "wrong", "", span, fix=fix))
    return found


def asked(
    there: OpenDocument, start: tuple[int, int], end: tuple[int, int], only: Sequence[KINDS | str] | None = None
) -> list[types.CodeAction]:
    """What is offered for a range."""
    request = types.CodeActionParams(
        types.TextDocumentIdentifier(there.uri),
        types.Range(types.Position(*start), types.Position(*end)),
        types.CodeActionContext([], only=only),
    )
    return code_actions(there, request, wrong(there.text), wrong)


def after(there: OpenDocument, action: types.CodeAction) -> str:
    """The text after an action."""
    assert action.edit is not None
    assert action.edit.changes is not None
    [edit] = action.edit.changes[there.uri]
    start, end = there.offset(edit.range.start), there.offset(edit.range.end)
    return there.text[:start] + edit.new_text + there.text[end:]


def test_the_fix_of_a_finding_is_offered_where_it_is() -> None:
    there = document(FLOW)
    actions = asked(there, (0, 6), (0, 6), [KINDS.QuickFix])
    fix = actions[0]
    assert fix.title == "Write `c`"
    assert fix.is_preferred
    assert after(there, fix) == FLOW.replace("😀b", "c")


def test_nothing_is_offered_where_no_finding_is() -> None:
    assert asked(document(FLOW), (2, 0), (2, 3), [KINDS.QuickFix]) == []


def test_everything_that_is_safe_is_fixed_at_once() -> None:
    there = document(FLOW)
    [action] = asked(there, (0, 0), (0, 0), [FIX_ALL])
    assert action.kind == FIX_ALL
    assert after(there, action) == FLOW.replace("😀b", "c").replace("team", "crew")


@pytest.mark.parametrize("kind", [KINDS.Source, KINDS.SourceFixAll, None])
def test_it_is_offered_to_who_asks_for_more_than_that(kind: KINDS | None) -> None:
    actions = asked(document(FLOW), (2, 0), (2, 0), None if kind is None else [kind])
    assert [action.kind for action in actions] == [FIX_ALL]


def test_a_rule_is_explained() -> None:
    commands = [each.command for each in asked(document(FLOW), (0, 4), (1, 20), [KINDS.QuickFix]) if each.command]
    assert [(command.command, command.arguments) for command in commands] == [(EXPLAIN, ["invalid-id"])]


def test_lines_end_as_they_did() -> None:
    text = FLOW.replace("\n", "\r\n")
    there = document(text)
    [action] = asked(there, (0, 0), (0, 0), [FIX_ALL])
    assert after(there, action) == text.replace("😀b", "c").replace("team", "crew")
    assert parse(after(there, action)).problems == ()


LOG = "io.kestra.plugin.core.log.Log"


def real(text: str) -> Sequence[Finding]:
    """What the linter says."""
    return Checking(load_schema(), Options()).findings(document(text))


def comments(text: str, line: int) -> list[str]:
    """The text after each offer to let a finding on a line be."""
    there = document(text)
    place = types.Range(types.Position(line, 0), types.Position(line, 200))
    request = types.CodeActionParams(
        types.TextDocumentIdentifier(there.uri), place, types.CodeActionContext([], only=[KINDS.QuickFix])
    )
    actions = code_actions(there, request, real(text), real)
    return [after(there, action) for action in actions if action.title.startswith("Ignore")]


ECHO = "io.kestra.plugin.core.debug.Echo"


@pytest.mark.parametrize(
    "text",
    [
        f"id: a\nnamespace: b\ntasks:\n  - id: t\n    type: {ECHO}\n    format: x\n",
        f"id: a\nnamespace: b\ntasks:\n  - type: {ECHO}\n    id: t\n    format: x\n",
        f"id: a\r\nnamespace: b\r\ntasks:\r\n  - id: t\r\n    type: {ECHO}\r\n    format: x\r\n",
    ],
)
def test_a_finding_may_be_let_be(text: str) -> None:
    line = text[: text.index(ECHO)].count("\n")
    before = real(text)
    assert [finding.rule for finding in before] == ["deprecated-type"]
    [commented] = comments(text, line)
    assert '# gitops: ignore[deprecated-type] reason=""' in commented
    assert commented.count("\r\n") in (0, commented.count("\n"))
    assert "deprecated-type" not in [finding.rule for finding in real(commented)]


def test_what_is_always_asked_for_cannot_be_let_be() -> None:
    assert comments('id: a\nnamespace: "b\ntasks: []\n', 1) == []
