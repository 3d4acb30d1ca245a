"""What an editor may do about findings: make their fixes, let them be with a comment, read their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lsprotocol import types

from gitops.lint.finding import Edit, Finding
from gitops.lint.fixing import mend
from gitops.lint.rules.table import RULES
from gitops.lsp.checking import takes_several
from gitops.lsp.documents import OpenDocument
from gitops.lsp.findings import SOURCE
from gitops.lsp.suppressing import suppressed

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
EXPLAIN = "gitops.explain"
_QUICK = types.CodeActionKind.QuickFix.value

Check = Callable[[str], Sequence[Finding]]
"""What the linter says about a text."""


def code_actions(
    document: OpenDocument, asked: types.CodeActionParams, findings: Sequence[Finding], check: Check
) -> list[types.CodeAction]:
    """What may be done about the findings that touch a range, and about all of them."""
    only = [str(getattr(kind, "value", kind)) for kind in asked.context.only or ()]
    start, end = document.offset(asked.range.start), document.offset(asked.range.end)
    made: list[types.CodeAction] = []
    if _is_asked_for(_QUICK, only):
        touched = [finding for finding in findings if _touches(document, finding, start, end)]
        made += (action for finding in touched for action in _fix(document, finding, asked.context.diagnostics))
        made += (action for finding in touched for action in _comment(document, finding, check))
        made += (_explanation(rule) for rule in dict.fromkeys(each.rule for each in touched) if rule in RULES)
    if _is_asked_for(FIX_ALL, only):
        made += _all(document, findings, check)
    return made


def edit(document: OpenDocument, edits: Sequence[Edit]) -> types.WorkspaceEdit:
    """Edits of a document as the editor makes them."""
    made = [types.TextEdit(document.range(each.span), each.text) for each in dict.fromkeys(edits)]
    return types.WorkspaceEdit(changes={document.uri: made})


def _fix(document: OpenDocument, finding: Finding, shown: Sequence[types.Diagnostic]) -> Iterator[types.CodeAction]:
    fix = finding.fix
    if fix is None or not fix.edits:
        return
    about = [each for each in shown if each.code == finding.rule and each.range == document.range(finding.span)]
    yield types.CodeAction(
        fix.message[:1].upper() + fix.message[1:],
        types.CodeActionKind.QuickFix,
        diagnostics=about or None,
        is_preferred=fix.safe,
        edit=edit(document, fix.edits),
    )


def _comment(document: OpenDocument, finding: Finding, check: Check) -> Iterator[types.CodeAction]:
    """A comment that lets a finding be, where it does: within some texts no comment can stand."""
    found = suppressed(document, finding)
    if found is None:
        return
    start, comment = found
    after = check(document.text[:start] + comment + document.text[start:])
    if takes_several(finding) or _count(after, finding) < _count(check(document.text), finding):
        change = types.TextEdit(document.stretch(start, start), comment)
        yield types.CodeAction(
            f"Ignore {finding.rule} here, with a reason",
            types.CodeActionKind.QuickFix,
            edit=types.WorkspaceEdit(changes={document.uri: [change]}),
        )


def _count(findings: Sequence[Finding], like: Finding) -> int:
    return sum(each.rule == like.rule for each in findings)


def _explanation(rule: str) -> types.CodeAction:
    title = f"Explain {rule}"
    return types.CodeAction(
        title, types.CodeActionKind.QuickFix, command=types.Command(title, EXPLAIN, arguments=[rule])
    )


def _all(document: OpenDocument, findings: Sequence[Finding], check: Check) -> Iterator[types.CodeAction]:
    """One edit that makes every safe fix there is, round after round."""
    text = mend(document.text, findings, check).text
    if text != document.text:
        changes = {document.uri: [_difference(document, text)]}
        yield types.CodeAction("Fix all that is safe to fix", FIX_ALL, edit=types.WorkspaceEdit(changes=changes))


def _difference(document: OpenDocument, text: str) -> types.TextEdit:
    """The edit that makes another text of a document's, without what both begin and end with."""
    before = document.text
    shorter = min(len(before), len(text))
    start = next((index for index in range(shorter) if before[index] != text[index]), shorter)
    room = shorter - start
    tail = next((index for index in range(room) if before[-1 - index] != text[-1 - index]), room)
    return types.TextEdit(document.stretch(start, len(before) - tail), text[start : len(text) - tail])


def _touches(document: OpenDocument, finding: Finding, start: int, end: int) -> bool:
    first, last = document.offsets.stretch(finding.span)
    return first <= end and start <= last


def _is_asked_for(kind: str, only: Sequence[str]) -> bool:
    """Whether an editor asks for a kind: for all kinds, for this one, or for one that this is a part of."""
    return not only or any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)
