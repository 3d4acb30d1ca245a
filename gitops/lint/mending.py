"""Many files and their report to mended files. Nothing here reads or writes a file.

After each round everything is linted anew, because files say something about each other. A file whose fixes would
bring an error anywhere stays as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gitops.language.problem import LIMITS
from gitops.lint.finding import Finding, Severity
from gitops.lint.fixing import MOST_ROUNDS, LeftOut, Mended, fixable, mend
from gitops.lint.report import Report
from gitops.lint.source import SourceFile, content

Lint = Callable[[Sequence[SourceFile]], Report]
"""What the linter says about files together."""

_MARK = "\ufeff"


class Mending(NamedTuple):
    """What there is after fixes: the files, the report about them, which have changed, and what was left out."""

    files: Sequence[SourceFile]
    report: Report
    changed: Mapping[str, SourceFile]
    """The files as they are now, by path."""
    made: int
    left_out: tuple[LeftOut, ...]


def mend_files(files: Sequence[SourceFile], report: Report, lint: Lint, alone: Lint, *, unsafe: bool) -> Mending:
    """Make the fixes of a report until nothing changes; `alone` lints a file without looking at any other."""
    rounds = _Rounds(files, report, lint, alone, unsafe=unsafe)
    rounds.run()
    changed = {path: rounds.files[path] for path in rounds.made}
    left_out = tuple(rounds.left_out.values())
    return Mending([*rounds.files.values()], rounds.report, changed, sum(rounds.made.values()), left_out)


def text_of(file: SourceFile) -> str | None:
    """The text of a file with its byte order mark; None for what is not there, too large or no text."""
    source = b"" if file.source is None else content(file.source)
    if file.source is None or len(source) > LIMITS.size:
        return None
    try:
        return source.decode()
    except UnicodeDecodeError:
        return None


class _Rounds:
    def __init__(self, files: Sequence[SourceFile], report: Report, lint: Lint, alone: Lint, *, unsafe: bool) -> None:
        self.files = {file.path: file for file in files}
        self.report = report
        self.made: Counter[str] = Counter()
        self.left_out: dict[object, LeftOut] = {}
        self._lint = lint
        self._alone = alone
        self._unsafe = unsafe
        self._closed: set[str] = set()

    def run(self) -> None:
        """Mend until there is nothing more to mend."""
        for _ in range(MOST_ROUNDS):
            mended = dict(self._mended())
            if not mended:
                return
            self._adopt(mended)

    def _mended(self) -> Iterator[tuple[str, Mended]]:
        """The files that have something to fix, with their new texts."""
        for path, findings in _by_file(fixable(self.report.findings, unsafe=self._unsafe)).items():
            text = text_of(self.files[path]) if path in self.files and path not in self._closed else None
            if text is None:
                continue
            mended = mend(text.removeprefix(_MARK), findings, self._check(path), unsafe=self._unsafe)
            self._leave_out(mended.left_out)
            if mended.made:
                mark = _MARK if text.startswith(_MARK) else ""
                yield path, mended._replace(text=mark + mended.text)

    def _check(self, path: str) -> Callable[[str], Sequence[Finding]]:
        def check(text: str) -> Sequence[Finding]:
            return self._alone([_with(self.files[path], text)]).findings

        return check

    def _adopt(self, mended: Mapping[str, Mended]) -> None:
        """Take over new texts, unless there are more errors than before."""
        files = self.files | {path: _with(self.files[path], each.text) for path, each in mended.items()}
        report = self._lint([*files.values()])
        worse = _worse(self.report, report)
        if worse:
            self._close(mended, worse)
            return
        self.files, self.report = files, report
        self.made.update({path: len(each.made) for path, each in mended.items()})

    def _close(self, mended: Mapping[str, Mended], worse: Mapping[str, str]) -> None:
        """Keep the files as they are that have brought errors: those that have them, else all of this round."""
        for path in mended.keys() & worse.keys() or mended.keys():
            self._closed.add(path)
            reason = f"together with the other files it would bring the error `{worse.get(path, min(worse.values()))}`"
            self._leave_out(LeftOut(finding, reason) for finding in mended[path].made)

    def _leave_out(self, left_out: Iterable[LeftOut]) -> None:
        for each in left_out:
            self.left_out[each.finding.file, each.finding.rule, each.finding.message, each.finding.anchor] = each


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.file, []).append(finding)
    return found


def _with(file: SourceFile, text: str) -> SourceFile:
    return file._replace(source=text.encode(errors="replace"))


def _worse(before: Report, after: Report) -> dict[str, str]:
    """The files with more errors of a rule than before, each with the rule."""
    more = _errors(after) - _errors(before)
    return dict(sorted(more, reverse=True))


def _errors(report: Report) -> Counter[tuple[str, str]]:
    return Counter((finding.file, finding.rule) for finding in report.findings if finding.severity is Severity.ERROR)
