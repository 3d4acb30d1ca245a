"""The facts of a file: a function of its bytes and of the linter's options, never of its path or of other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gitops.lint.facts.calls import Call, calls
from gitops.lint.facts.interface import InputFact, OutputFact, inputs, outputs
from gitops.lint.finding import Finding

if TYPE_CHECKING:
    from gitops.lint.subject import Subject


class Facts(NamedTuple):
    """What is known of one file. `flow` says that it looks like a flow, or like nothing that could be told from one."""

    flow: bool
    namespace: str | None = None
    id: str | None = None
    inputs: tuple[InputFact, ...] = ()
    outputs: tuple[OutputFact, ...] = ()
    calls: tuple[Call, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def key(self) -> tuple[str, str] | None:
        """The namespace and id of the flow; None when one of them is missing."""
        return (self.namespace, self.id) if self.namespace and self.id else None


def facts(subject: Subject, findings: tuple[Finding, ...]) -> Facts:
    """The facts of a flow that the rules have read."""
    data = subject.document.data
    return Facts(
        flow="tasks" in data or "namespace" in data if isinstance(data, dict) else data is None,
        namespace=subject.outline.namespace,
        id=subject.outline.id,
        inputs=tuple(inputs(subject)),
        outputs=tuple(outputs(subject)),
        calls=tuple(calls(subject)),
        findings=findings,
    )
