"""Schema and models agree: what validator and linter accept is what the engine reads, and nothing else is."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator

from gitops.catalog.catalogue import catalogue
from gitops.errors import InvalidSource
from gitops.language.document import parse
from gitops.language.flow import read_flow
from gitops.lint.finding import Severity
from gitops.lint.linter import SourceFile, lint
from gitops.lint.rule_entry import Scope
from gitops.lint.rules.table import RULES
from tests.catalog.made_flows import changed_flows, flows, schema

SHAPE = {name for name, rule in RULES.items() if rule.scope is Scope.DOCUMENT}
"""The rules that the document and the schema find; the others know more than a model does, as which ids are taken."""


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(schema())


def objections(source: str) -> dict[str, str]:
    """What the validator and the linter object to, by the names of rules."""
    report = lint([SourceFile("flow.yml", source.encode(), named=True)], schema=schema())
    found = {f.rule: f.message for f in report.findings if f.severity is Severity.ERROR}
    refused = [error.message for error in validator().iter_errors(parse(source).data)]
    return found | ({"schema": "; ".join(refused)} if refused else {})


def refusal(source: str) -> str:
    """Why the flow cannot be read; empty when it can."""
    try:
        read_flow(parse(source).data, catalogue())
    except InvalidSource as error:
        return str(error)
    return ""


def agree(flow: dict[str, Any]) -> None:
    source = yaml.safe_dump(flow, sort_keys=False)
    objected, refused = objections(source), refusal(source)
    if refused:
        assert objected, f"the schema accepts what cannot be read: {refused}\n{source}"
    elif "unknown-type" not in objected:  # a part of an unknown type is read and kept, and never run
        shape = {rule: words for rule, words in objected.items() if rule == "schema" or rule in SHAPE}
        assert not shape, f"the schema objects to what can be read: {shape}\n{source}"


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(flows())
def test_a_flow_made_from_the_schema_is_judged_alike(flow: dict[str, Any]) -> None:
    agree(flow)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(changed_flows())
def test_a_changed_flow_is_judged_alike(flow: dict[str, Any]) -> None:
    agree(flow)
