"""One flow as a rule sees it: its document, its outline, its data with plugin defaults, and its expressions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from gitops.language.document import Document
from gitops.language.expression.tree import Span as Stretch
from gitops.language.outline import Outline, outline
from gitops.language.plugin_defaults import DEFAULTS, with_defaults
from gitops.language.position import Path, Span
from gitops.language.problem import Problem
from gitops.lint.expressions.references import Called, Reference, read
from gitops.lint.expressions.uses import Look, Use, look_through
from gitops.lint.finding import Edit, Finding, Fix, Related
from gitops.lint.lookup import value_at
from gitops.lint.making import Place, finding, problem_finding
from gitops.lint.rule_entry import Option, T
from gitops.lint.schema.kinds import Kinds
from gitops.lint.source import Options

EXPRESSIONS = "{{"
"""Among the words of a flow when it has an expression."""
BROKEN = "{{ ?"
"""Among them when it has one that cannot be read."""
REMOVALS = "dialect: v2"
"""Among them when it is read as Kestra 2 would."""
OTHER_LETTERS = "é"
"""Among them when its text is not all ASCII."""
ADDRESSES = "://"
"""Among them when it is in the text."""
FLAGS = "true"
"""Among them when a value in it is true or false."""

_PROSE = frozenset(("description", "displayName", "documentation"))


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
    def flags(self) -> Sequence[tuple[Path, bool]]:
        """Every value of the flow that is true or false."""
        return self._look.flags

    @property
    def uses(self) -> Sequence[Use]:
        """Every text of the flow, as it is written, that holds expressions."""
        return self._look.uses

    @cached_property
    def rendered(self) -> tuple[Use, ...]:
        """Those of its texts that are rendered; descriptions are not, whatever braces they show."""
        return tuple(use for use in self.uses if not _is_prose(use.path))

    @cached_property
    def reads(self) -> tuple[tuple[Use, Reference], ...]:
        """Every variable that a text which is rendered reads."""
        return tuple((use, reference) for use in self.rendered for reference in read(use.text).references)

    @cached_property
    def calls(self) -> tuple[tuple[Use, Called], ...]:
        """Every function, filter and test that a text which is rendered calls."""
        return tuple((use, called) for use in self.rendered for called in read(use.text).calls)

    @cached_property
    def _look_at_whole(self) -> Look:
        return self._look if self.whole is self.document.data else look_through(self.whole)

    @property
    def text_names(self) -> Iterable[str]:
        """The properties that have a text, or a list with one, with the plugin defaults."""
        return self._look_at_whole.texts

    def texts(self, *names: str) -> Iterator[tuple[Path, str]]:
        """Every text that is the value of a property of one of these names, or an item of its list."""
        found = self._look_at_whole.texts
        for name in names:
            for path, step, value in found.get(name, ()):
                yield (*path, step), value

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key at any depth, every type by today's name, what its expressions hold, and the signs above."""
        look = self._look_at_whole
        types = (self.kinds.today(name) for name in look.types)
        return frozenset((*look.keys, *types, *self._signs(), *(self._expression_words() if self.uses else ())))

    def _signs(self) -> Iterator[str]:
        if self.options.dialect == "v2":
            yield REMOVALS
        if not self.document.source.isascii():
            yield OTHER_LETTERS
        if self._look.flags:
            yield FLAGS
        if ADDRESSES in self.document.source or self.options.defaults:
            yield ADDRESSES

    def _expression_words(self) -> Iterator[str]:
        """`{{ inputs` for a variable that is read, `{{ filter` and `{{ filter upper` for what is called."""
        yield EXPRESSIONS
        for use in self.rendered:
            reading = read(use.text)
            yield from reading.words
            if not reading.sound:
                yield BROKEN

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

    def finding_in_text(
        self,
        span: Span,
        message: str,
        *,
        found: str | None = None,
        help: str | None = None,  # noqa: A002 - the member's name
        fix: Fix | None = None,
    ) -> Finding:
        """A finding about a stretch of the text that is no value and no key."""
        made = problem_finding(self.document, Problem("", message, span, found=found, help=help))
        return made._replace(fix=fix)

    def related(self, path: Path, message: str, *, key: bool = False, within: Stretch | None = None) -> Related:
        """A second place in this flow."""
        return Related("", Place(path, key, within).span(self.document), message)

    def edit(self, path: Path, text: str, *, key: bool = False, within: Stretch | None = None) -> Edit:
        """The edit that writes a text (as YAML) over a value, over its key, or over a stretch within it."""
        return Edit(Place(path, key, within).span(self.document), text)

    def problem(self, problem: Problem) -> Finding:
        """The finding for a problem of the text; its rule is the problem's."""
        return problem_finding(self.document, problem)


def _is_prose(path: Path) -> bool:
    return any(step in _PROSE for step in path)
