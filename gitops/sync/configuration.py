"""What the repository says at a commit about how its flows are linted, over what the service's settings say."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from gitops.errors import FileTooLarge, InvalidSettings
from gitops.git.snapshot import Snapshot
from gitops.language.document import LIMITS
from gitops.language.position import START
from gitops.lint.baseline.file import FILE as BASELINE
from gitops.lint.baseline.file import read_baseline
from gitops.lint.configuration.keys import FILE
from gitops.lint.configuration.objecting import INVALID
from gitops.lint.configuration.rule_packages import rules_offered
from gitops.lint.configuration.together import read_together
from gitops.lint.finding import Finding, Severity
from gitops.lint.source import Baseline, Options

_MOST_BYTES = 64 * LIMITS.size


@dataclass(frozen=True, slots=True)
class Configured:
    """How the flows of a commit are read, the folder of the namespace folders, and what is wrong with what was said."""

    options: Options
    root: str
    findings: tuple[Finding, ...] = ()


def read_configuration(snapshot: Snapshot, root: str, options: Options) -> Configured:
    """The options at a commit. A `root` of the settings counts more than one that the repository says."""
    together = read_together(_paths(snapshot, root), lambda path: _content(snapshot, path), rules_offered)
    findings = list(together.problems)
    said = together.options(options)
    try:
        said = said._replace(baseline=_baseline(snapshot))
    except InvalidSettings as error:
        findings.append(Finding(INVALID, Severity.ERROR, str(error), BASELINE, START))
    return Configured(said, root or together.root or "", tuple(findings))


def _paths(snapshot: Snapshot, root: str) -> Iterator[str]:
    """The configurations below the folder `root`, and in the folders above it."""
    inside = [file.path for file in snapshot.files(root) if posixpath.basename(file.path) == FILE]
    names = root.split("/") if root else []
    above = [posixpath.join(*names[:count], FILE) for count in range(len(names))]
    yield from (path for path in above if _content(snapshot, path) is not None)
    yield from inside


def _baseline(snapshot: Snapshot) -> Baseline | None:
    source = _content(snapshot, BASELINE, limit=_MOST_BYTES)
    return None if source is None else read_baseline(BASELINE, source)


def _content(snapshot: Snapshot, path: str, *, limit: int = LIMITS.size) -> bytes | None:
    try:
        return snapshot.content(path, limit=limit)
    except FileTooLarge:
        return None
