"""A finding: one thing that a rule or the schema objects to, at a place in a file, and the edits that would mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from gitops.language.position import Span


class Severity(StrEnum):
    """How bad a finding is; a flow with an error is not deployed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Related(NamedTuple):
    """A second place that a finding is about."""

    file: str
    span: Span
    message: str


class Edit(NamedTuple):
    """A stretch of the finding's file, and the text that is to stand there in its place."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend a finding, all or none; a safe fix never changes what a flow does.

    `message` says what the fix does, as a command: "write `WARN`".
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Finding(NamedTuple):
    """What is wrong, where, what was expected and found, and what to do.

    `anchor` is the place in the flow by ids, such as `tasks.greet.message`; it stays the same when lines move.
    `flow` is the flow that the file holds, such as `company.team.hello`; empty when that cannot be told.
    `excerpt` is the line that `span` begins in, with secrets masked; None when the line is too long to show.
    """

    rule: str
    severity: Severity
    message: str
    file: str
    span: Span
    expected: str | None = None
    found: str | None = None
    help: str | None = None
    related: tuple[Related, ...] = ()
    excerpt: str | None = None
    fix: Fix | None = None
    anchor: str = ""
    flow: str = ""

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Findings are shown by file, line, column and rule."""
        return self.file, self.span.line, self.span.column, self.rule
