"""The flows around the open ones: all files of a work tree, what is known of them, and what is wrong among them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from gitops.lint.by_path import ByPath
from gitops.lint.facts.facts import Facts
from gitops.lint.finding import Finding
from gitops.lint.gathering import Known
from gitops.lint.gathering_by_path import GatheringByPath
from gitops.lint.linter import NOTHING_KNOWN, lint
from gitops.lint.ruleset import rules_of
from gitops.lint.schema.kinds import Schema
from gitops.lint.source import Options, SourceFile, blob_id
from gitops.lsp.checking import Checking, takes_several

_SUFFIXES = (".yml", ".yaml")


class TreeFiles(NamedTuple):
    """The files of a work tree, what is known about it, and its top folder."""

    files: Sequence[SourceFile]
    options: Options
    top: str


Reader = Callable[[str], TreeFiles]
"""What reads the work tree that a folder lies in."""


class Survey:
    """A work tree at one moment: the facts of its flows by path, the findings that take several, and all paths."""

    def __init__(
        self, facts: Mapping[str, Facts], together: Sequence[Finding] = (), paths: Collection[str] = ()
    ) -> None:
        self.facts = facts
        self.together = together
        self.paths = paths

    @cached_property
    def flows(self) -> Mapping[tuple[str, str], str]:
        """The path of each flow, by namespace and id; of several the first."""
        found: dict[tuple[str, str], str] = {}
        for path, facts in self.facts.items():
            if facts.key is not None:
                found.setdefault(facts.key, path)
        return found

    def find(self, namespace: str | None, flow: str | None) -> Facts | None:
        """The facts of a flow; None when there is none of that name."""
        path = self.flows.get((namespace or "", flow or ""))
        return None if path is None else self.facts[path]

    def namespaces(self) -> Iterator[str]:
        """Every namespace with a flow, once."""
        yield from dict.fromkeys(namespace for namespace, _ in self.flows)


NOTHING_SEEN = Survey({})


def survey(
    tree: TreeFiles,
    texts: Mapping[str, str],
    schema: Schema,
    known: Known = NOTHING_KNOWN,
    *,
    stopped: Callable[[], bool] = bool,
) -> Survey:
    """Look at all files of a work tree; `texts` are those that an editor has open, by path."""
    files = list(_as_edited(tree.files, texts))
    known = _Passing(known, files)
    gathering = GatheringByPath(schema, ByPath(tree.options), known=known, jobs=1)
    options = tree.options
    if options.paths is not None:
        options = options._replace(paths=options.paths | texts.keys())
    flows = [(file.path, file.source) for file in files if file.source is not None and file.path.endswith(_SUFFIXES)]
    gathering.prepare(flows)
    facts: dict[str, Facts] = {}
    for path, source in flows:
        if stopped():
            return NOTHING_SEEN
        facts[path] = gathering.facts(path, source)
    report = lint(files, schema=schema, options=options, known=known)
    rules = rules_of(options)
    together = [finding for finding in report.findings if takes_several(finding, rules)]
    return Survey(facts, together, options.paths or ())


class _Passing:
    """Facts that outlive a look, and beside them those of texts that change with every key."""

    def __init__(self, known: Known, files: Sequence[SourceFile]) -> None:
        self._lasting = known
        self._passing: dict[str, Facts] = {}
        self._edited = tuple(blob_id(file.source) for file in files if file.source is not None and not file.context)

    def get(self, blob: str) -> Facts | None:
        return self._passing.get(blob) or self._lasting.get(blob)

    def put(self, blob: str, facts: Facts) -> None:
        if blob.startswith(self._edited):
            self._passing[blob] = facts
        else:
            self._lasting.put(blob, facts)

    def __contains__(self, blob: str) -> bool:
        return blob in self._passing or blob in self._lasting


def _as_edited(files: Sequence[SourceFile], texts: Mapping[str, str]) -> Iterator[SourceFile]:
    """The files with what editors have in place of what is on the disk; open files that are not there yet too."""
    there = set()
    for file in files:
        there.add(file.path)
        text = texts.get(file.path)
        if text is None:
            yield file._replace(context=True)
        else:
            yield file._replace(source=text.encode(errors="replace"), context=False)
    for path in sorted(texts.keys() - there):
        yield SourceFile(path, texts[path].encode(errors="replace"))


class WorkTree:
    """A work tree that documents lie in: its options, and what was seen when it was looked at last.

    `stale` says that its files have changed since they were read.
    """

    def __init__(self, folder: Path, schema: Schema) -> None:
        self.folder = folder
        self._schema = schema
        self.seen = NOTHING_SEEN
        self.stale = True
        self.use(TreeFiles((), Options(), str(folder)))

    def use(self, files: TreeFiles) -> None:
        """Take these files and options from now on."""
        self.files = files
        self.top = Path(files.top).resolve()
        self.checking = Checking(self._schema, files.options)

    def path(self, file: Path) -> str | None:
        """The path of a file from the top; None when it lies outside."""
        return file.relative_to(self.top).as_posix() if file.is_relative_to(self.top) else None
