"""A lint case: a flow is linted, and whether it is valid, how many errors it has, and of what kind, is compared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.language.document import parse
from gitops.language.flow import read_flow
from gitops.lint.finding import Finding, Severity
from gitops.lint.linter import Options, SourceFile, lint
from tests.kestra.case import CannotDoYet, Case
from tests.kestra.values import at, fits
from tests.kestra.words import ours

_COUNTED = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "infos": Severity.INFO}


def check_lint(case: Case) -> None:
    """Lint the flow of the case, and compare."""
    case.refuse("mode", "update_of", "deployed", "also")
    source = case.source()
    findings = lint([SourceFile("flow.yml", source.encode(), named=True)], schema=_schema(), options=Options()).findings
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    said = "; ".join(f"{error.span.line}: {error.message}" for error in errors)
    for name, wanted in case.expect.items():
        assert _fits(name, wanted, case.expect, source, errors), (
            f"expected {name} {wanted!r}, found: {said or 'no error'}"
        )


@cache
def _schema() -> Mapping[str, Any]:
    return flow_schema(catalogue())


def _fits(name: str, wanted: Any, expect: Mapping[str, Any], source: str, errors: list[Finding]) -> bool:
    match name:
        case "valid":
            return not errors if wanted else bool(errors)
        case "errors":
            return wanted is None or "errors_min" in expect or len(errors) == wanted
        case "errors_min":
            return len(errors) >= wanted
        case "error_contains":
            return all(any(ours(phrase).search(error.message) for error in errors) for phrase in wanted)
        case "parsed":
            return _parsed(wanted, source)
    raise CannotDoYet(f"`{name}` of an expectation is not supported yet")


def _parsed(wanted: Mapping[str, Any], source: str) -> bool:
    flow = read_flow(parse(source).data, catalogue()).model_dump(mode="json", by_alias=True, exclude_none=True)
    return all(
        len(flow[name.removesuffix("_count")]) == value
        if name.endswith("_count")
        else fits(value, at(flow, name.replace("[", ".").replace("]", "")))
        for name, value in wanted.items()
    )
