"""The strict reading of the flows that a plan changes: what the engine will run is read once before it is deployed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from gitops.errors import InvalidSource
from gitops.language.document import parse
from gitops.language.flow import Flow, read_flow
from gitops.language.task import Kinds
from gitops.language.unavailable import unavailable
from gitops.lint.finding import Finding
from gitops.sync.objections import model_disagrees, not_available
from gitops.sync.plan import Desired, FlowKey

Errors = Callable[[Desired], Sequence[Finding]]
"""What the linter has against a flow that the engine cannot run."""


@dataclass(frozen=True, slots=True)
class StrictReading:
    """The flows that could be read, and a finding for each of the others."""

    models: dict[FlowKey, Flow]
    findings: tuple[Finding, ...]


def _no_errors(_flow: Desired) -> Sequence[Finding]:
    return ()


def read_strictly(flows: Iterable[Desired], kinds: Kinds, errors: Errors = _no_errors) -> StrictReading:
    """Read each flow with the types that the engine has, and look for what the engine would leave undone.

    Where the engine refuses a flow, its `errors` say why; without any it is a mistake of ours.
    """
    models: dict[FlowKey, Flow] = {}
    findings: list[Finding] = []
    for flow in flows:
        document = parse(flow.source)
        try:
            model = read_flow(document.data, kinds)
        except InvalidSource as error:
            findings += errors(flow) or [model_disagrees(flow, str(error))]
            continue
        undone = [not_available(flow, missing, document.span(missing.path)) for missing in unavailable(model)]
        findings += undone
        if not undone:
            models[flow.key] = model
    return StrictReading(models, tuple(findings))
