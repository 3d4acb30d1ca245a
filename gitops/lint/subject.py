"""One flow as a rule sees it: its document, its outline, its data with plugin defaults, and its expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from gitops.language.document import Document
from gitops.language.expression.tree import Span as Stretch
from gitops.language.outline import Outline, outline
from gitops.language.plugin_defaults import DEFAULTS, with_defaults
from gitops.language.position import Path
from gitops.language.problem import Problem
from gitops.lint.expressions.uses import Look, Use, look_through
from gitops.lint.finding import Edit, Finding, Fix, Related
from gitops.lint.lookup import value_at
from gitops.lint.making import Place, finding, problem_finding
from gitops.lint.rule_entry import Option, T
from gitops.lint.schema.kinds import Kinds
from gitops.lint.source import Options

EXPRESSIONS = "{{"
"""Among the words of a flow when it has an expression."""


class Subject:
    """One flow; what takes time is found out when a rule asks for it, once."""

    def __init__(self, document: Document, kinds: Kinds, options: Options) -> None:
        self.document = document
        self.kinds = kinds
        self.options = options

    @cached_property
    def outline(self) -> Outline:
        """Its ids, tasks, triggers, inputs and outputs."""
        return outline(self.document)

    @cached_property
    def whole(self) -> Mapping[str, object]:
        """Its data with its plugin defaults; empty when the text holds no mapping."""
        data = self.document.data
        if not isinstance(data, dict):
            return {}
        if not self.options.defaults and DEFAULTS.isdisjoint(data):
            return data
        return with_defaults(data, self.options.defaults, kinds=self.kinds)

    @cached_property
    def _look(self) -> Look:
        return look_through(self.document.data)

    @property
    def uses(self) -> Sequence[Use]:
        """Every text of the flow, as it is written, that holds expressions."""
        return self._look.uses

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key at any depth, every type by today's name, and `{{` when there is an expression."""
        look = self._look if self.whole is self.document.data else look_through(self.whole)
        types = (self.kinds.today(name) for name in look.types)
        return frozenset((*look.keys, *types, EXPRESSIONS) if self.uses else (*look.keys, *types))

    @property
    def flow(self) -> tuple[str, str] | None:
        """The namespace and id of the flow; None when one of them is missing."""
        namespace, flow_id = self.outline.namespace, self.outline.id
        return (namespace, flow_id) if namespace and flow_id else None

    def at(self, path: Path) -> object:
        """The value at a path, with its plugin defaults; `NOT_THERE` when there is none."""
        return value_at(self.whole, path)

    def setting(self, option: Option[T]) -> T:
        """What a rule's option is set to."""
        return self.options.setting(option)

    def finding(
        self,
        path: Path,
        message: str,
        *,
        key: bool = False,
        within: Stretch | None = None,
        expected: str | None = None,
        found: str | None = None,
        help: str | None = None,  # noqa: A002 - the member's name
        related: Related | Iterable[Related] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding about the value at a path, about its key, or about a stretch within that text."""
        place = Place(path, key, within)
        return finding(
            self.document, place, message, expected=expected, found=found, help=help, related=related, fix=fix
        )

    def related(self, path: Path, message: str, *, key: bool = False, within: Stretch | None = None) -> Related:
        """A second place in this flow."""
        return Related("", Place(path, key, within).span(self.document), message)

    def edit(self, path: Path, text: str, *, key: bool = False, within: Stretch | None = None) -> Edit:
        """The edit that writes a text (as YAML) over a value, over its key, or over a stretch within it."""
        return Edit(Place(path, key, within).span(self.document), text)

    def problem(self, problem: Problem) -> Finding:
        """The finding for a problem of the text; its rule is the problem's."""
        return problem_finding(self.document, problem)
