"""Findings as the API answers them; the same members as the linter's JSON output."""

from __future__ import annotations

from gitops.lint.finding import Finding
from gitops.lint.reporters.json_ import finding_object
from gitops.server.shapes.shape import Shape


class RelatedShape(Shape):
    """A second place that a finding is about."""

    path: str
    line: int
    column: int
    message: str


class EditShape(Shape):
    """A stretch of the finding's file, and the text that is to stand there in its place."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class FixShape(Shape):
    """Edits that mend a finding, all or none; a safe fix never changes what a flow does."""

    message: str
    safe: bool
    edits: list[EditShape]


class FindingShape(Shape):
    """One thing that a rule or the schema objects to."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    severity: str
    rule: str
    message: str
    expected: str | None = None
    found: str | None = None
    help: str | None = None
    excerpt: str | None = None
    flow: str | None = None
    anchor: str | None = None
    related: list[RelatedShape] | None = None
    fix: FixShape | None = None


def finding_shape(finding: Finding) -> FindingShape:
    """A finding."""
    return FindingShape.model_validate(finding_object(finding))
