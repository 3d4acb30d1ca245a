"""What would mend an objection of the schema, as edits of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gitops.lint.entries import additions, moving, removal, renaming
from gitops.lint.finding import Fix
from gitops.lint.schema.objection import Objection

if TYPE_CHECKING:
    from gitops.language.document import Document


def fix_of(document: Document, objection: Objection) -> Fix | None:
    """The fix; None where nobody knows one, or the text is laid out in a way that no edit is known for."""
    change, path = objection.change, objection.path
    if change is None:
        return None
    match change.what:
        case "write" | "rename":
            return renaming(document, path, change.text, key=change.what == "rename", safe=change.safe)
        case "delete":
            return removal(document, path, safe=change.safe)
        case "move":
            return moving(document, path, change.to)
        case "add":
            return additions(document, path, change.entries)
