"""The table of reporters: a report to the text that is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from gitops.lint.report import Report
from gitops.lint.reporters import json_, text


class Reporter(Protocol):
    """A way to write a report; `color` asks for a terminal's colours, where the form has any."""

    def __call__(self, report: Report, *, color: bool) -> str:
        """The text of a report, with its last line end."""


REPORTERS: Mapping[str, Reporter] = {"text": text.render, "json": json_.render}
