"""What is fixed in a flow's text: values that no expression decides, and names made only of the flow's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_OWN = re.compile(r"\{\{-?\s*flow\.(namespace|id)\s*-?\}\}")


def is_fixed(text: str) -> bool:
    """Whether a text holds no expression."""
    return "{{" not in text and "{%" not in text


def fixed(value: object) -> str | None:
    """A text without expressions; None for anything else."""
    return value if isinstance(value, str) and is_fixed(value) else None


def fixed_name(subject: Subject, value: object) -> str | None:
    """A name, with the flow's own namespace and id written for `{{ flow.namespace }}` and `{{ flow.id }}`."""
    if not isinstance(value, str):
        return None
    own = {"namespace": subject.outline.namespace, "id": subject.outline.id}
    return fixed(_OWN.sub(lambda match: own[match[1]] or match[0], value) if "{{" in value else value) or None
