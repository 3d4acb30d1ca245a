"""A trigger read the way a deployed flow is read, the words with which a wrong one is refused, and the linter's."""

from __future__ import annotations

import json
from functools import cache

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.errors import InvalidSource
from gitops.language.flow import read_flow
from gitops.language.trigger import Trigger
from gitops.lint.finding import Severity
from gitops.lint.linter import SourceFile, lint
from gitops.lint.schema.kinds import Schema

CORE = "io.kestra.plugin.core.trigger."
LOG = {"id": "say", "type": "io.kestra.plugin.core.log.Log", "message": "m"}


@cache
def schema() -> Schema:
    """The schema of all installed types."""
    return flow_schema(catalogue())


def flow_with(kind: str, **properties: object) -> dict[str, object]:
    """A flow with one trigger, of the core type `kind`; `from_` stands for the property `from`."""
    own = {name.rstrip("_"): value for name, value in properties.items()}
    trigger = {"id": "t", "type": kind if "." in kind else CORE + kind, **own}
    return {"id": "flow", "namespace": "company.team", "tasks": [LOG], "triggers": [trigger]}


def read_trigger(kind: str, **properties: object) -> Trigger:
    """The only trigger of a flow."""
    return read_flow(flow_with(kind, **properties), catalogue()).triggers[0]


def refusal(kind: str, **properties: object) -> str:
    """What is wrong with the trigger, as `path: reason` lines; paths begin at the trigger."""
    with pytest.raises(InvalidSource) as refused:
        read_trigger(kind, **properties)
    return "\n".join(line.removeprefix("triggers[0].") for line in str(refused.value).splitlines())


def findings(kind: str, **properties: object) -> list[str]:
    """The errors that the linter finds in the flow, as `rule: message, expected …`."""
    source = json.dumps(flow_with(kind, **properties)).encode()
    report = lint([SourceFile("flow.yml", source, named=True)], schema=schema())
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    return [f"{error.rule}: {error.message}, expected {error.expected}" for error in errors]
