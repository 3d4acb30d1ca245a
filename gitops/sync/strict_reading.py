"""The strict reading of the flows that a plan changes: what the engine will run is read once before it is deployed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gitops.errors import InvalidSource
from gitops.language.document import parse
from gitops.language.flow import Flow, read_flow
from gitops.language.task import Kinds
from gitops.lint.finding import Finding
from gitops.sync.objections import model_disagrees
from gitops.sync.plan import Desired, FlowKey


@dataclass(frozen=True, slots=True)
class StrictReading:
    """The flows that could be read, and a finding for each of the others."""

    models: dict[FlowKey, Flow]
    findings: tuple[Finding, ...]


def read_strictly(flows: Iterable[Desired], kinds: Kinds) -> StrictReading:
    """Read each flow with the types that the engine has."""
    models: dict[FlowKey, Flow] = {}
    findings: list[Finding] = []
    for flow in flows:
        try:
            models[flow.key] = read_flow(parse(flow.source).data, kinds)
        except InvalidSource as error:
            findings.append(model_disagrees(flow, str(error)))
    return StrictReading(models, tuple(findings))
