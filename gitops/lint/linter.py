"""Files to findings: what each text says by itself, then what the files say together. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from gitops.lint.by_path import ByPath
from gitops.lint.facts.facts import Facts
from gitops.lint.finding import Finding
from gitops.lint.gathering import Known, Nothing, SchemaOrLoader
from gitops.lint.gathering_by_path import GatheringByPath
from gitops.lint.report import Report
from gitops.lint.repository import FlowFile, Repository
from gitops.lint.rule import load
from gitops.lint.rule_entry import Rule, Scope
from gitops.lint.ruleset import rules_of
from gitops.lint.settling import Settling
from gitops.lint.source import Content, Options, SourceFile

__all__ = ["Options", "Report", "SourceFile", "lint"]

NO_OPTIONS = Options()
NOTHING_KNOWN = Nothing()
MOST_FINDINGS = 200
"""The most findings of one rule about a file, on average; more are noise."""
_FLOW_FILES = (".yml", ".yaml")


def lint(
    files: Iterable[SourceFile],
    *,
    schema: SchemaOrLoader,
    options: Options = NO_OPTIONS,
    known: Known = NOTHING_KNOWN,
    jobs: int = 1,
) -> Report:
    """Everything there is to say about the files, in order. Files that hold no flow are skipped and counted.

    Files and folders whose names begin with a dot are no flows, and not counted.

    `known` are facts from earlier runs with the same options; `jobs` is how many processes may be used.
    """
    listed = sorted(files, key=lambda file: file.path)
    by_path = ByPath(options)
    gathering = GatheringByPath(schema, by_path, known=known, jobs=jobs)
    gathering.prepare(_contents(listed))
    repository, skipped = _gathered(listed, gathering, options)
    rules = rules_of(options)
    found = [*_of_files(repository), *_of_repository(repository, rules, by_path)]
    return Settling(repository, rules, by_path).report(found, skipped=skipped)


def _contents(files: Iterable[SourceFile]) -> Iterator[tuple[str, Content]]:
    for file in files:
        if file.source is not None and (file.named or _may_be_flow(file.path)):
            yield file.path, file.source
        if file.base is not None and file.base is not file.source:
            yield file.path, file.base


def _gathered(files: Iterable[SourceFile], gathering: GatheringByPath, options: Options) -> tuple[Repository, int]:
    """The files that hold flows, those that are gone, and how many hold none."""
    found: list[FlowFile] = []
    gone: dict[str, Facts] = {}
    gone_sources: dict[str, Content] = {}
    skipped = 0
    for file in files:
        base = None if file.base is None else gathering.facts(file.path, file.base)
        if file.source is None:
            if base is not None and file.base is not None:
                gone[file.path], gone_sources[file.path] = base, file.base
            continue
        if base is not None and file.base is file.source:
            facts: Facts | None = base
        else:
            facts = gathering.facts(file.path, file.source) if file.named or _may_be_flow(file.path) else None
        if facts is None or not (file.named or facts.flow or (base is not None and base.flow)):
            skipped += not (file.context or _is_hidden(file.path))
        else:
            found.append(FlowFile(file, facts, base))
    return Repository(tuple(found), gone, options, gone_sources), skipped


def _may_be_flow(path: str) -> bool:
    return path.endswith(_FLOW_FILES) and not _is_hidden(path)


def _is_hidden(path: str) -> bool:
    return path.startswith(".") or "/." in path


def _of_files(repository: Repository) -> Iterator[Finding]:
    for file in repository.files:
        if not file.file.context:
            yield from (_placed(finding, file.path) for finding in file.facts.findings)


def _placed(finding: Finding, path: str) -> Finding:
    related = tuple(place._replace(file=path) for place in finding.related)
    return finding._replace(file=path, related=related)


def _of_repository(repository: Repository, rules: Mapping[str, Rule], by_path: ByPath) -> Iterator[Finding]:
    for rule in rules.values():
        if rule.scope is Scope.REPOSITORY and by_path.runs(rule) and repository.has_any(rule.about):
            check = load(rule).check_all
            assert check is not None  # noqa: S101 - a repository rule has one
            yield from _stamped(rule, islice(check(repository), MOST_FINDINGS * len(repository.files)))


def _stamped(rule: Rule, findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding._replace(rule=rule.name)
