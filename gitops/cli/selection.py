"""What a command is about: files with what they were before, and what is known about their repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from gitops.lint.finding import Finding
from gitops.lint.report import Report
from gitops.lint.source import Content, Options, SourceFile, blob_id


class Selection(NamedTuple):
    """The files, what is known about their repository, and the folder that their paths are relative to.

    `revision` is what they were read from: None for the work tree, `""` for what is staged.
    """

    files: list[SourceFile]
    options: Options
    top: str
    bare: bool = False
    revision: str | None = None

    def as_seen_from_here(self, report: Report) -> Report:
        """The report with paths as they are written from the current folder."""
        return report._replace(
            findings=tuple(map(self._moved, report.findings)),
            suppressed=tuple(each._replace(finding=self._moved(each.finding)) for each in report.suppressed),
            known=tuple(each._replace(finding=self._moved(each.finding)) for each in report.known),
        )

    def _moved(self, finding: Finding) -> Finding:
        related = tuple(place._replace(file=self.shown(place.file)) for place in finding.related)
        return finding._replace(file=self.shown(finding.file), related=related)

    def shown(self, path: str) -> str:
        """A path as it is written from the current folder; in a bare repository as Git has it."""
        return path if self.bare else os.path.relpath(os.path.join(self.top, path))


def compared(
    now: Mapping[str, Content], before: Mapping[str, Content], told: Callable[[str], bool]
) -> Iterator[SourceFile]:
    """The files of two sides. Those that are not told of are there for what others say about them."""
    for path, source in now.items():
        yield SourceFile(path, source, before.get(path), context=not told(path))
    for path in before.keys() - now.keys():
        yield SourceFile(path, None, base=before[path])


def differ(now: Mapping[str, Content], before: Mapping[str, Content]) -> Callable[[str], bool]:
    """Whether a path has another content than before."""

    def changed(path: str) -> bool:
        return path not in before or blob_id(now[path]) != blob_id(before[path])

    return changed
