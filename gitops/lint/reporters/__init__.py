"""The table of reporters: a report to the text that is printed or written. Each is imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from gitops.lint.report import Report
    from gitops.lint.telling.view import View


class Format(NamedTuple):
    """A form of the report, and who reads it; `hosted` ones name files from the top of the repository."""

    summary: str
    hosted: bool = False


class Reporter(Protocol):
    """A way to write a report."""

    def __call__(self, report: Report, view: View) -> Iterator[str]:
        """The parts of the text of a report, with its last line end."""


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "text": Format("for people"),
        "json": Format("one object, for programs"),
        "jsonl": Format("one object a line and finding, for programs that read as it comes"),
        "sarif": Format("SARIF 2.1.0, for GitHub's code scanning and other hosts", hosted=True),
        "github": Format("workflow commands of GitHub Actions, which become annotations", hosted=True),
        "gitlab": Format("the code quality report of GitLab", hosted=True),
        "junit": Format("JUnit's XML, for whoever shows test results"),
        "azure": Format("logging commands of Azure Pipelines", hosted=True),
        "rdjson": Format("reviewdog's diagnostics, with suggestions"),
    }
)


def reporter(name: str) -> Reporter:
    """The reporter of a format."""
    module = f"{name}_" if name == "json" else name
    return cast("Reporter", importlib.import_module(f"gitops.lint.reporters.{module}").render)
