"""The finding about a filter, function or test that there is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.expressions.references import Called
from gitops.lint.expressions.uses import Use
from gitops.lint.finding import Finding, Fix

if TYPE_CHECKING:
    from gitops.lint.subject import Subject


def unknown_word(subject: Subject, use: Use, called: Called, known: Mapping[str, object]) -> Finding:
    """A word that is none of those known, at its place."""
    meant = words.closest(called.name, tuple(known))
    fix = (
        None
        if meant is None
        else Fix(f"write {quote(meant)}", (subject.edit(use.path, meant, key=use.key, within=called.span),))
    )
    return subject.finding(
        use.path,
        f"unknown {called.kind} {quote(called.name)}",
        key=use.key,
        within=called.span,
        expected=f"a {called.kind} of the expression language",
        found=quote(called.name),
        help=words.did_you_mean(meant) or f"see the {called.kind}s in the reference of expressions",
        fix=fix,
    )
