"""Which inputs and variables of a flow its expressions read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gitops.lint.expressions.references import FUNCTION, read

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_EVERYTHING = frozenset(("printContext", "fetchContext"))
_AGAIN = frozenset(("render", "renderOnce"))


def used_names(subject: Subject, root: str) -> frozenset[str] | None:
    """The second names of what is read of a variable; None when an expression may read any of them."""
    names: set[str] = set()
    for use in subject.uses:
        reading = read(use.text)
        for called in reading.calls:
            if called.kind == FUNCTION and called.name in _EVERYTHING:
                return None
        for reference in reading.references:
            if reference.steps[0] != root or reference.local:
                continue
            second = reference.steps[1] if len(reference.steps) > 1 else None
            if second is None:
                return None
            names.add(str(second))
        if not reading.sound:
            return None
    return frozenset(names)
