"""Which fixes may be told: those that show no secret."""

from __future__ import annotations

from gitops.lint.finding import Finding, Fix
from gitops.lint.telling.excerpts import hides


def shown_fix(finding: Finding, text: str | None = None) -> Fix | None:
    """The fix of a finding, unless it may hold a secret: then its lines are masked or too long to be shown.

    Where the text of the file is not known, the line of the finding speaks for all.
    """
    if finding.fix is None or finding.excerpt is None:
        return None
    from gitops.lint.masking import MASK  # where it is needed: few findings have a fix

    hidden = text is not None and any(hides(text, edit.span) for edit in finding.fix.edits)
    return None if hidden or MASK in finding.excerpt else finding.fix
