"""All flows together, as rules about several files see them: facts by file, and what the files were before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path
from gitops.lint.by_path import ByPath
from gitops.lint.facts.calls import NEVER, Call
from gitops.lint.facts.facts import Facts
from gitops.lint.finding import Edit, Finding, Fix, Related
from gitops.lint.rule_entry import Option, T
from gitops.lint.source import Content, Options, SourceFile, content

if TYPE_CHECKING:
    from gitops.language.document import Document
    from gitops.language.expression.tree import Span as Stretch


CHANGED = "changed"
"""What a rule is about that compares flows with what they were."""


class FlowFile:
    """One file with a flow: its facts, and those of the same path at the base revision.

    Nothing that reads text is imported before there is a finding: most files of most runs have none.
    """

    def __init__(self, file: SourceFile, facts: Facts, base: Facts | None) -> None:
        self.file = file
        self.path = file.path
        """Its path from the top of the repository."""
        self.facts = facts
        self.base = base

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


class Former(NamedTuple):
    """A flow of the base revision: its path then, and its facts."""

    path: str
    facts: Facts


class CallSite(NamedTuple):
    """A call, and the file that it stands in."""

    file: FlowFile
    call: Call


class Repository:
    """The flows, in the order of their paths; `gone` are the facts of flows whose files are no more, by path.

    `gone_sources` are the contents of those files.
    """

    def __init__(
        self,
        files: tuple[FlowFile, ...],
        gone: Mapping[str, Facts],
        options: Options,
        gone_sources: Mapping[str, Content] = MappingProxyType({}),
    ) -> None:
        self.files = files
        self.gone = gone
        self.options = options
        self.gone_sources = gone_sources
        self._facts_there: dict[str, bool] = {}

    @cached_property
    def flows(self) -> Mapping[tuple[str, str], FlowFile]:
        """The file of each flow, by namespace and id; of several the first, or one that is there as context."""
        found: dict[tuple[str, str], FlowFile] = {}
        context = [file for file in self.files if file.file.context]
        for file in (*context, *self.files):
            key = file.facts.key
            if key is not None:
                found.setdefault(key, file)
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
    def touched(self) -> tuple[FlowFile, ...]:
        """The files that are new, or not as they were at the base revision."""
        return tuple(file for file in self.files if file.base is not file.facts)

    def was(self, key: tuple[str, str] | None) -> Former | None:
        """A flow as it was at the base revision; None when it was not there."""
        if key is None:
            return None
        file = self.flows.get(key)
        if file is not None and file.base is file.facts:
            return Former(file.path, file.facts)
        return self._former.get(key)

    @cached_property
    def _former(self) -> Mapping[tuple[str, str], Former]:
        """The flows of the base revision whose files are gone or not as they were; of several the first."""
        found: dict[tuple[str, str], Former] = {}
        bases = [(file.path, file.base) for file in self.touched if file.base is not None]
        for path, facts in (*bases, *self.gone.items()):
            if facts.key is not None:
                found.setdefault(facts.key, Former(path, facts))
        return found

    @cached_property
    def removed(self) -> Mapping[tuple[str, str], Former]:
        """The flows of the base revision that are in no file any more, also those whose id has changed."""
        unsure = {file.path for file in self.touched if file.facts.key is None}
        return {
            key: former for key, former in self._former.items() if key not in self.flows and former.path not in unsure
        }

    def has(self, key: tuple[str, str]) -> bool:
        """Whether a flow is there, or was there in a file that cannot be read now."""
        return key in self.flows or (key in self._former and key not in self.removed)

    @cached_property
    def callers(self) -> Mapping[tuple[str, str], list[CallSite]]:
        """The calls of each flow by others and by itself, those that are never made left out."""
        found: dict[tuple[str, str], list[CallSite]] = {}
        for file in self.files:
            for call in file.facts.calls if not file.facts.disabled else ():
                if call.flow_key is not None and call.runs != NEVER:
                    found.setdefault(call.flow_key, []).append(CallSite(file, call))
        return found

    def has_any(self, names: tuple[str, ...]) -> bool:
        """Whether a flow has facts of one of these names, or, with `changed`, is not as it was; true without names."""
        return not names or any(map(self._has_some, names))

    def _has_some(self, name: str) -> bool:
        known = self._facts_there.get(name)
        if known is None:
            known = self._changed() if name == CHANGED else any(getattr(file.facts, name) for file in self.files)
            self._facts_there[name] = known
        return known

    def _changed(self) -> bool:
        return bool(self.gone) or any(file.base is not None for file in self.touched)

    def setting(self, option: Option[T], path: str | None = None) -> T:
        """What a rule's option is set to; for the file at a path it may be something else."""
        alike = path is None or not self.options.overrides
        return (self.options if alike or path is None else self._by_path.at(path)).setting(option)

    @cached_property
    def _by_path(self) -> ByPath:
        return ByPath(self.options)
