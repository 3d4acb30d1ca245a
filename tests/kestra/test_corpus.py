"""Flows that Kestra accepts have no errors, with any rule: a false error would keep a flow from being deployed."""

from __future__ import annotations

import pytest

from gitops.catalog.schema import flow_schema
from gitops.lint.finding import Severity
from gitops.lint.linter import Options, SourceFile, lint
from gitops.lint.rule_entry import Profile
from gitops.lint.schema.kinds import Schema
from tests.kestra.case import FOLDER, Case, read_cases
from tests.kestra.plugins import with_plugins

RUN = [case for case in read_cases(FOLDER, "run") if case.get("flow")] if FOLDER.is_dir() else []
LINT = [case for case in read_cases(FOLDER, "lint") if case.expect.get("valid")] if FOLDER.is_dir() else []


@pytest.fixture(scope="module")
def schema() -> Schema:
    """The schema with the types that only Kestra's own tests have."""
    return flow_schema(with_plugins())


@pytest.mark.skipif(not LINT, reason=f"there is no folder {FOLDER}")
@pytest.mark.parametrize("profile", [Profile.RECOMMENDED, Profile.STRICT, Profile.SECURITY])
def test_no_flow_that_is_accepted_has_an_error(profile: Profile, schema: Schema) -> None:
    wrong = {case.name: errors for case in LINT if (errors := _errors(case, profile, schema))}
    assert wrong == {}


@pytest.mark.skipif(not RUN, reason=f"there is no folder {FOLDER}")
@pytest.mark.parametrize("profile", [Profile.RECOMMENDED, Profile.STRICT, Profile.SECURITY])
def test_no_flow_that_is_run_has_an_error(profile: Profile, schema: Schema) -> None:
    plain = [case for case in RUN if not case.get("needs")]
    wrong = {case.name: errors for case in plain if (errors := _errors(case, profile, schema))}
    assert wrong == {}


def _errors(case: Case, profile: Profile, schema: Schema) -> list[str]:
    """The rules of the errors, and where they are."""
    options = Options(profile=profile, lenient=case.get("mode") == "lenient")
    file = SourceFile("flow.yml", case.source().encode(), named=True)
    report = lint([file], schema=schema, options=options)
    return [
        f"{finding.span.line}: {finding.message} [{finding.rule}]"
        for finding in report.findings
        if finding.severity is Severity.ERROR
    ]
