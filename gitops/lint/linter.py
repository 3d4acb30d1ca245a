"""Files to findings: the text's own problems, the schema's objections, then the rules. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from gitops.language.document import Document, parse
from gitops.language.outline import Outline, outline
from gitops.language.plugin_defaults import DEFAULTS, with_defaults
from gitops.lint.defaults import in_entries, placed
from gitops.lint.finding import Finding
from gitops.lint.gate import ENOUGH_FILES, Gate, gate
from gitops.lint.kinds import Kinds
from gitops.lint.objection import Objection
from gitops.lint.report import Report
from gitops.lint.rule import Repository, Subject
from gitops.lint.rules import RULES
from gitops.lint.source import Options, SourceFile
from gitops.lint.walk import Walk

__all__ = ["Options", "Report", "SourceFile", "lint"]

MOST_FINDINGS = 200
"""The most findings of one kind of check about one file; a file with more is no flow, and the rest is noise."""

_DEFAULT = 3
"""Where the property stands in the path of a default: `pluginDefaults`, index, `values`, property."""

_FLOW_FILES = (".yml", ".yaml")


def lint(
    files: Iterable[SourceFile],
    *,
    schema: Mapping[str, object],
    options: Options = Options(),  # noqa: B008 - frozen
) -> Report:
    """Everything there is to say about the files, in order. Files that hold no flow are skipped and counted."""
    kinds = Kinds(schema)
    walk = Walk(kinds, options)
    listed = list(files)
    passes = gate(schema) if len(listed) >= ENOUGH_FILES and options.dialect == "v1" else _stop_all
    findings: list[Finding] = []
    subjects: list[Subject] = []
    skipped = 0
    for file in listed:
        subject = _read(file, kinds, options)
        if subject is None:
            skipped += 1
            continue
        findings.extend(_of_flow(subject, walk, passes))
        subjects.append(subject)
    findings.extend(_of_repository(Repository(tuple(subjects), options)))
    return Report(tuple(sorted(findings, key=lambda finding: finding.order)), len(subjects), skipped)


def _read(file: SourceFile, kinds: Kinds, options: Options) -> Subject | None:
    """The flow in a file; None when the file holds no flow."""
    if not file.named and not _may_be_flow(file.path):
        return None
    document = parse(file.source)
    if not file.named and not _looks_like_flow(document) and not _was_flow(file):
        return None
    base = None if file.base is None else _base(file, file.base)
    data = document.data
    whole = with_defaults(data, options.defaults, kinds=kinds) if isinstance(data, dict) else {}
    return Subject(file, document, outline(document), kinds, options, whole, base)


def _may_be_flow(path: str) -> bool:
    *folders, name = path.split("/")
    return name.endswith(_FLOW_FILES) and not any(folder.startswith(".") for folder in folders)


def _looks_like_flow(document: Document) -> bool:
    """Whether the text holds a flow, or holds nothing that could be told from one."""
    data = document.data
    return "tasks" in data or "namespace" in data if isinstance(data, dict) else data is None


def _was_flow(file: SourceFile) -> bool:
    """Whether the base revision had a flow here: a flow that lost its shape is a mistake, not another kind of file."""
    return file.base is not None and file.base != file.source and _looks_like_flow(parse(file.base))


def _base(file: SourceFile, base: bytes) -> Outline | None:
    return None if base == file.source else outline(parse(base))


def _of_flow(subject: Subject, walk: Walk, passes: Gate) -> Iterator[Finding]:
    for problem in islice(subject.document.problems, MOST_FINDINGS):
        yield subject.under(RULES[problem.rule]).problem(problem)
    if not isinstance(subject.document.data, dict):
        return
    unsure = not (DEFAULTS.isdisjoint(subject.document.data) and passes(subject.whole))
    for objection in islice(_objections(subject, subject.document.data, walk), MOST_FINDINGS) if unsure else ():
        yield subject.under(RULES[objection.rule]).finding(
            objection.path,
            objection.message,
            key=objection.key,
            expected=objection.expected,
            found=objection.found,
            help=objection.help,
        )
    for rule in RULES.values():
        if rule.check is not None:
            yield from islice(rule.check(subject.under(rule)), MOST_FINDINGS)


def _stop_all(_data: object) -> bool:
    """The gate where there is none: everything is walked."""
    return False


def _objections(subject: Subject, data: dict[str, object], walk: Walk) -> Iterator[Objection]:
    """What the schema objects to in a flow with its plugin defaults, and in the defaults."""
    of_entries = list(islice(in_entries(data, subject.kinds, walk), MOST_FINDINGS))
    told = {step for objection in of_entries for step in objection.path[_DEFAULT : _DEFAULT + 1]}
    for objection in walk.check(subject.whole, subject.kinds.root):
        found = placed(objection, source=data, whole=subject.whole, told=told)
        if found is not None:
            yield found
    yield from of_entries


def _of_repository(repository: Repository) -> Iterator[Finding]:
    for rule in RULES.values():
        if rule.check_all is not None:
            subjects = tuple(subject.under(rule) for subject in repository.subjects)
            yield from rule.check_all(Repository(subjects, repository.options))
