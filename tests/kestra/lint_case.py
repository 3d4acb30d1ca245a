"""A lint case: one flow goes through the linter and, where the case asks, through the reading for the engine."""

from __future__ import annotations

import copy
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gitops.catalog.schema import flow_schema
from gitops.cli.main import main
from gitops.language.document import Document, parse
from gitops.language.flow import Flow, read_flow
from gitops.language.outline import outline
from gitops.lint.finding import Finding, Severity
from gitops.lint.linter import Options, SourceFile, lint
from gitops.lint.schema.kinds import Kinds
from gitops.lint.schema.walk import Walk
from tests.kestra.case import CannotDoYet, Case
from tests.kestra.parsed import check_parsed
from tests.kestra.plugins import with_plugins
from tests.kestra.words import says

_NAME = "flow.yml"
_NOT_NULL_AND_NOT_EMPTY = ("io.kestra.plugin.core.flow.Parallel",)
"""The types whose `tasks` have two constraints for the same mistake in Kestra."""

Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Linted:
    """A flow and all that the linter finds in it."""

    source: str
    document: Document
    findings: tuple[Finding, ...]
    lenient: bool = False

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one severity."""
        return [finding for finding in self.findings if finding.severity is severity]

    @property
    def errors(self) -> list[Finding]:
        """What keeps the flow from being deployed."""
        return self.of(Severity.ERROR)

    @property
    def flow(self) -> Flow:
        """The flow as the engine would run it; where the case is lenient, without the properties that are not known."""
        return read_flow(_known_part(self.document.data) if self.lenient else self.document.data, with_plugins())

    def inside(self, finding: Finding, path: Steps) -> bool:
        """Whether a finding is about the place at a path, or about something in it."""
        first, last = self.document.span(path, key=True), self.document.span(path)
        return first.line <= finding.span.line <= last.end_line

    def shown(self) -> str:
        """The findings, for the message of a failed comparison."""
        return "\n".join(f"{each.severity} {each.rule}: {each.message}" for each in self.findings) or "no findings"


def check_lint(case: Case) -> None:
    """Lint what the case says, and compare."""
    linted = _linted(case)
    for name, wanted in case.expect.items():
        if name not in _CHECKS:
            raise CannotDoYet(f"`{name}` of an expectation is not supported yet")
        assert _CHECKS[name](wanted, linted), f"expected {name} {wanted!r}, found:\n{linted.shown()}"


@cache
def _schema() -> Mapping[str, object]:
    return flow_schema(with_plugins())


def _linted(case: Case) -> Linted:
    source, before = case.source(), case.get("update_of")
    base = None if before is None else f"id: {before['id']}\nnamespace: {before['namespace']}\ntasks: []\n".encode()
    file = SourceFile(_NAME, source.encode(), base=base, named=True)
    mode = case.get("mode")
    if mode not in (None, "lenient"):
        raise CannotDoYet(f"the mode `{mode}` is not supported yet")
    report = lint([file], schema=_schema(), options=Options(lenient=mode is not None))
    return Linted(source, parse(source), report.findings, lenient=mode is not None)


def _known_part(data: object) -> object:
    """The data without the properties that the schema does not know."""
    known = copy.deepcopy(data)
    schema = _schema()
    for objection in list(Walk(Kinds(schema)).check(data, schema)):
        if objection.rule == "unknown-property":
            holder: Any = known
            for step in objection.path[:-1]:
                holder = holder[step]
            del holder[objection.path[-1]]
    return known


def _all_said(messages: Iterable[str], findings: list[Finding]) -> bool:
    return all(says(findings, message) for message in messages)


def _count(message: str, linted: Linted) -> int:
    return sum(says([finding], message) for finding in linted.errors)


def _violations(linted: Linted) -> int:
    """How many violations Kestra counts for our errors.

    We say once what is wrong with a property; Kestra counts every constraint that it breaks. We name all unknown types
    of a flow; Kestra stops reading at the first one, and says that in two violations.
    """
    if any(finding.rule == "unknown-type" for finding in linted.errors):
        return 2
    return sum(_constraints(finding, linted) for finding in linted.errors)


def _constraints(finding: Finding, linted: Linted) -> int:
    """How many constraints of Kestra's model one of our findings stands for."""
    if finding.rule == "invalid-id" and finding.found == "an empty text":
        return 3 if "`id`" in finding.message else 2  # the pattern and the length; an id must not be blank, too
    holder = next(
        (task for task in reversed(outline(linted.document).tasks) if linted.inside(finding, task.path)), None
    )
    no_list = finding.rule in ("missing-property", "empty-tasks") and finding.found != "an empty list"
    return 2 if holder and holder.type in _NOT_NULL_AND_NOT_EMPTY and no_list else 1


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
    "errors": lambda wanted, linted: wanted is None or _violations(linted) == wanted,
    "errors_min": lambda wanted, linted: len(linted.errors) >= wanted,
    "error_contains": lambda wanted, linted: _all_said(wanted, linted.errors),
    "error_equals": lambda wanted, linted: _all_said([wanted], linted.errors),
    "message_equals": lambda wanted, linted: _all_said([wanted], linted.errors),
    "message_counts": lambda wanted, linted: {text: _count(text, linted) for text in wanted} == wanted,
    "path": _is_at,
    "warnings": lambda wanted, linted: _all_said(wanted, linted.of(Severity.WARNING)),
    "infos": lambda wanted, linted: _all_said(wanted, linted.of(Severity.INFO)),
    "deprecations": _are_deprecated,
    # A file in Git is the newest source that there is: it is never behind what is deployed.
    "outdated": lambda wanted, _: wanted is False,
    "cli_exit_code": _command_ends_with,
    "parsed": _reads_as,
    "json_contains": lambda wanted, linted: all(part in _json(linted) for part in wanted),
    "json_not_contains": lambda wanted, linted: not any(part in _json(linted) for part in wanted),
}
