"""The facts of a file: a function of its bytes and of the linter's options, never of its path or of other files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gitops.lint.facts.caches import CacheFact, caches
from gitops.lint.facts.calls import Call, calls
from gitops.lint.facts.interface import InputFact, OutputFact, known_inputs, outputs
from gitops.lint.facts.listens import Listen, listens
from gitops.lint.facts.namespace_files import FileUse, file_uses, writes_files
from gitops.lint.facts.output_uses import OutputUse, output_uses
from gitops.lint.facts.triggers import TriggerFact, trigger_facts
from gitops.lint.finding import Finding
from gitops.lint.suppression.suppression import SIGN, Suppression

if TYPE_CHECKING:
    from gitops.language.document import Document
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
    disabled: bool = False
    triggers: tuple[TriggerFact, ...] = ()
    listens: tuple[Listen, ...] = ()
    caches: tuple[CacheFact, ...] = ()
    file_uses: tuple[FileUse, ...] = ()
    writes_files: bool = False
    output_uses: tuple[OutputUse, ...] = ()
    size: int = 0
    """How many bytes its text has."""
    suppressions: tuple[Suppression, ...] = ()

    @property
    def key(self) -> tuple[str, str] | None:
        """The namespace and id of the flow; None when one of them is missing."""
        return (self.namespace, self.id) if self.namespace and self.id else None


def facts(subject: Subject, findings: tuple[Finding, ...]) -> Facts:
    """The facts of a flow that the rules have read."""
    data = subject.document.data
    called = tuple(calls(subject))
    return Facts(
        flow="tasks" in data or "namespace" in data if isinstance(data, dict) else data is None,
        namespace=subject.outline.namespace,
        id=subject.outline.id,
        inputs=known_inputs(subject),
        outputs=tuple(outputs(subject)),
        calls=called,
        findings=findings,
        disabled=subject.whole.get("disabled") is True,
        triggers=tuple(trigger_facts(subject)),
        listens=tuple(listens(subject)),
        caches=tuple(caches(subject)),
        file_uses=tuple(file_uses(subject)),
        writes_files=writes_files(subject),
        output_uses=tuple(output_uses(subject, called)),
        size=_size(subject.document.source),
        suppressions=_suppressions(subject.document),
    )


def _size(source: str) -> int:
    return len(source) if source.isascii() else len(source.encode(errors="replace"))


def _suppressions(document: Document) -> tuple[Suppression, ...]:
    if SIGN not in document.source:
        return ()
    from gitops.lint.suppression.reading import suppressions  # few flows have any

    return tuple(suppressions(document))
