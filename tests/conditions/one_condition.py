"""A condition of a trigger, read the way a deployed flow is read, and the words with which a wrong one is refused."""

from __future__ import annotations

import json
from functools import cache

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.errors import InvalidSource
from gitops.language.condition import Condition
from gitops.language.flow import read_flow
from gitops.lint.finding import Severity
from gitops.lint.linter import SourceFile, lint
from gitops.lint.schema.kinds import Schema

CORE = "io.kestra.plugin.core.condition."
Properties = dict[str, object]


@cache
def schema() -> Schema:
    """The schema of all installed types."""
    return flow_schema(catalogue())


def condition(kind: str, properties: Properties) -> Properties:
    """A condition of the core type `kind`."""
    return {"type": kind if "." in kind else CORE + kind, **properties}


def flow_with(kind: str, properties: Properties) -> Properties:
    """A flow with a Flow trigger that has one condition."""
    trigger = {"id": "t", "type": "io.kestra.plugin.core.trigger.Flow", "conditions": [condition(kind, properties)]}
    log = {"id": "say", "type": "io.kestra.plugin.core.log.Log", "message": "m"}
    return {"id": "flow", "namespace": "company.team", "tasks": [log], "triggers": [trigger]}


def read_condition(kind: str, properties: Properties) -> Condition:
    """The only condition of the flow's trigger."""
    return read_flow(flow_with(kind, properties), catalogue()).triggers[0].conditions[0]


def refusal(kind: str, properties: Properties) -> str:
    """What is wrong with the condition, as `path: reason` lines; paths begin at the condition."""
    with pytest.raises(InvalidSource) as refused:
        read_condition(kind, properties)
    return "\n".join(
        line.removeprefix("triggers[0].conditions[0]").removeprefix(".") for line in str(refused.value).splitlines()
    )


def findings(kind: str, properties: Properties) -> list[str]:
    """The errors that the linter finds in the flow, as `rule: message`."""
    source = json.dumps(flow_with(kind, properties)).encode()
    report = lint([SourceFile("flow.yml", source, named=True)], schema=schema())
    return [f"{found.rule}: {found.message}" for found in report.findings if found.severity is Severity.ERROR]
