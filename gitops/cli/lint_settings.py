"""`gitops lint --show-settings`: what holds for the files that would be linted, and which files say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gitops.cli.selection import Selection
from gitops.lint.by_path import ByPath
from gitops.lint.rule import load
from gitops.lint.rule_entry import Rule
from gitops.lint.ruleset import rules_of
from gitops.lint.source import Options, SourceFile

_MOST_FILES = 10


def show(selection: Selection) -> int:
    """Print the settings, once for all files that have the same."""
    options = selection.options
    by_path = ByPath(options)
    told = [file.path for file in selection.files if not file.context and file.source is not None and _is_shown(file)]
    groups: dict[int, tuple[Options, list[str]]] = {}
    for path in told:
        of_file = by_path.at(path)
        groups.setdefault(id(of_file), (of_file, []))[1].append(path)
    print("\n".join(_of_run(options)))
    for of_file, paths in groups.values() or [(options, [])]:
        print()
        print("\n".join(_of_files(of_file, [selection.shown(path) for path in paths], rules_of(options))))
    return 0


def _is_shown(file: SourceFile) -> bool:
    """Whether a file may hold a flow."""
    return file.named or not file.path.rpartition("/")[2].startswith(".")


def _of_run(options: Options) -> Iterator[str]:
    root = "unknown" if options.root is None else options.root or "."
    yield f"root: {root}"
    yield f"fail-on: {options.fail_on.severity}{', all' if options.fail_on.known else ''}"
    yield f"comments: {options.comments}"
    yield f"baseline: {options.baseline.path if options.baseline else 'none'}"
    for package in options.packages:
        yield f"rules-from: {package.name}"


def _of_files(options: Options, paths: list[str], rules: Mapping[str, Rule]) -> Iterator[str]:
    more = [f"and {len(paths) - _MOST_FILES} more"] if len(paths) > _MOST_FILES else []
    yield f"files: {', '.join(paths[:_MOST_FILES] + more) or 'none'}"
    yield f"profile: {options.profile}"
    yield f"dialect: {options.dialect}"
    yield "rules:"
    for rule in sorted(rules.values(), key=lambda rule: rule.name):
        if options.asks_for(rule):
            yield f"  {rule.name}: {options.severity(rule)}"
            yield from _options(rule, options)


def _options(rule: Rule, options: Options) -> Iterator[str]:
    for option in load(rule).options:
        value = options.settings.get(rule.name, {}).get(option.name, option.default)
        yield f"    {option.name}: {', '.join(value) if isinstance(value, tuple) else value}"
