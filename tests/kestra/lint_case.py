"""A lint case: one flow goes through the linter and, where the case asks, through the strict reading."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.cli.main import main
from gitops.language.document import Document, parse
from gitops.language.flow import Flow, read_flow
from gitops.language.outline import outline
from gitops.lint.finding import Finding, Severity
from gitops.lint.linter import Options, SourceFile, lint
from tests.kestra.case import CannotDoYet, Case
from tests.kestra.parsed import check_parsed
from tests.kestra.words import says

_NAME = "flow.yml"
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Linted:
    """A flow and all that the linter finds in it."""

    source: str
    document: Document
    findings: tuple[Finding, ...]

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity."""
        return [finding for finding in self.findings if finding.severity is severity]

    @property
    def errors(self) -> list[Finding]:
        """What keeps the flow from being deployed."""
        return self.of(Severity.ERROR)

    @property
    def flow(self) -> Flow:
        """The flow as the engine would run it."""
        return read_flow(self.document.data, catalogue())

    def inside(self, finding: Finding, path: Steps) -> bool:
        """Whether a finding is about the place at a path, or about something in it."""
        first, last = self.document.span(path, key=True), self.document.span(path)
        return first.line <= finding.span.line <= last.end_line

    def shown(self) -> str:
        """The findings, for the message of a failed comparison."""
        return "\n".join(f"{each.severity} {each.rule}: {each.message}" for each in self.findings) or "no findings"


def check_lint(case: Case) -> None:
    """Lint what the case says, and compare."""
    case.refuse("mode")
    linted = _linted(case)
    for name, wanted in case.expect.items():
        if name not in _CHECKS:
            raise CannotDoYet(f"`{name}` of an expectation is not supported yet")
        assert _CHECKS[name](wanted, linted), f"expected {name} {wanted!r}, found:\n{linted.shown()}"


@cache
def _schema() -> Mapping[str, object]:
    return flow_schema(catalogue())


def _linted(case: Case) -> Linted:
    source, before = case.source(), case.get("update_of")
    base = None if before is None else f"id: {before['id']}\nnamespace: {before['namespace']}\ntasks: []\n".encode()
    file = SourceFile(_NAME, source.encode(), base=base, named=True)
    report = lint([file], schema=_schema(), options=Options())
    return Linted(source, parse(source), report.findings)


def _all_said(messages: Iterable[str], findings: list[Finding]) -> bool:
    return all(any(says(finding, message) for finding in findings) for message in messages)


def _count(message: str, linted: Linted) -> int:
    return sum(says(finding, message) for finding in linted.errors)


def _is_at(path: str, linted: Linted) -> bool:
    steps = _steps(path, linted)
    return any(linted.inside(finding, steps) for finding in linted.errors)


def _steps(path: str, linted: Linted) -> Steps:
    """A place: the chain of classes and members that Kestra's reader went through, `tasks[0]`, or the id of a task."""
    by_id = {task.id: task.path for task in outline(linted.document).tasks}
    if path in by_id:
        return by_id[path]
    found = re.findall(r'\["([^"]+)"\]|\[(\d+)\]' if "->" in path else r"(\w+)|\[(\d+)\]", path)
    return tuple(name or int(index) for name, index in found)


def _are_deprecated(paths: list[str], linted: Linted) -> bool:
    deprecated = [finding for finding in linted.findings if finding.rule.startswith("deprecated")]
    return all(any(linted.inside(finding, _steps(path, linted)) for finding in deprecated) for path in paths)


def _command_ends_with(code: int, linted: Linted) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / _NAME
        file.write_text(linted.source)
        return main(["lint", str(file)]) == code


def _reads_as(wanted: Mapping[str, Any], linted: Linted) -> bool:
    check_parsed(wanted, linted.flow)
    return True


def _json(linted: Linted) -> str:
    return linted.flow.model_dump_json(by_alias=True)


_CHECKS: Mapping[str, Callable[[Any, Linted], bool]] = {
    "valid": lambda wanted, linted: (not linted.errors) is wanted,
    "errors": lambda wanted, linted: wanted is None or len(linted.errors) == wanted,
    "errors_min": lambda wanted, linted: len(linted.errors) >= wanted,
    "error_contains": lambda wanted, linted: _all_said(wanted, linted.errors),
    "error_equals": lambda wanted, linted: _all_said([wanted], linted.errors),
    "message_equals": lambda wanted, linted: _all_said([wanted], linted.errors),
    "message_counts": lambda wanted, linted: {text: _count(text, linted) for text in wanted} == wanted,
    "path": _is_at,
    "warnings": lambda wanted, linted: _all_said(wanted, linted.of(Severity.WARNING)),
    "infos": lambda wanted, linted: _all_said(wanted, linted.of(Severity.INFO)),
    "deprecations": _are_deprecated,
    "cli_exit_code": _command_ends_with,
    "parsed": _reads_as,
    "json_contains": lambda wanted, linted: all(part in _json(linted) for part in wanted),
    "json_not_contains": lambda wanted, linted: not any(part in _json(linted) for part in wanted),
}
