"""All flows together, as rules about several files see them: facts by file, and what the files were before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from gitops.language.position import Path
from gitops.lint.facts.facts import Facts
from gitops.lint.finding import Edit, Finding, Fix, Related
from gitops.lint.rule_entry import Option, T
from gitops.lint.source import Options, SourceFile, content

if TYPE_CHECKING:
    from gitops.language.document import Document
    from gitops.language.expression.tree import Span as Stretch


class FlowFile:
    """One file with a flow: its facts, and those of the same path at the base revision.

    Nothing that reads text is imported before there is a finding: most files of most runs have none.
    """

    def __init__(self, file: SourceFile, facts: Facts, base: Facts | None) -> None:
        self.file = file
        self.facts = facts
        self.base = base

    @property
    def path(self) -> str:
        """Its path from the top of the repository."""
        return self.file.path

    @cached_property
    def document(self) -> Document:
        """Its text and data: read only for a file that there is a finding about."""
        from gitops.language.document import parse

        return parse(content(self.file.source or b""))

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
        from gitops.lint.making import Place, finding

        place = Place(path, key, within)
        made = finding(
            self.document, place, message, expected=expected, found=found, help=help, related=related, fix=fix
        )
        return made._replace(file=self.path)

    def related(self, path: Path, message: str, *, key: bool = False, within: Stretch | None = None) -> Related:
        """A place in this file, for a finding about another or the same."""
        from gitops.lint.making import Place

        return Related(self.path, Place(path, key, within).span(self.document), message)

    def edit(self, path: Path, text: str, *, key: bool = False, within: Stretch | None = None) -> Edit:
        """The edit that writes a text (as YAML) over a value, over its key, or over a stretch within it."""
        from gitops.lint.making import Place

        return Edit(Place(path, key, within).span(self.document), text)


class Repository:
    """The flows, in the order of their paths; `gone` are the facts of flows whose files are no more, by path."""

    def __init__(self, files: tuple[FlowFile, ...], gone: Mapping[str, Facts], options: Options) -> None:
        self.files = files
        self.gone = gone
        self.options = options

    @cached_property
    def flows(self) -> Mapping[tuple[str, str], FlowFile]:
        """The file of each flow, by namespace and id; of several the first."""
        found: dict[tuple[str, str], FlowFile] = {}
        for file in self.files:
            if file.facts.key is not None:
                found.setdefault(file.facts.key, file)
        return found

    @cached_property
    def deleted(self) -> Mapping[tuple[str, str], str]:
        """The flows of the base revision that are in no file any more, each with its path then."""
        return {
            facts.key: path
            for path, facts in self.gone.items()
            if facts.key is not None and facts.key not in self.flows
        }

    @cached_property
    def before(self) -> frozenset[tuple[str, str]]:
        """The flows of the base revision, as far as its files are known."""
        bases = (*self.gone.values(), *(file.base for file in self.files if file.base is not None))
        return frozenset(facts.key for facts in bases if facts.key is not None)

    def setting(self, option: Option[T]) -> T:
        """What a rule's option is set to."""
        return self.options.setting(option)
