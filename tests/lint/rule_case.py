"""A case of a rule, as its file or folder says it.

A file in `rules/<family>/<rule>/` is one case; a folder there is a repository with a `head`, and perhaps a `base` and
an `options.yml`, which may also name the paths that are only there as `context`. Every line that a finding is
expected on carries the mark `# finding: <rule>`. The first lines of a file may say `# dialect: v2`, and
`# setting: <option>: <value>` for an option of the rule, and `# off: <rule>` to leave another rule out.

A case is linted with the rules that everybody has, with the rule of its folder and with those of its marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from gitops.lint.linter import Options, Report, SourceFile, lint
from gitops.lint.rule_entry import Profile
from gitops.lint.rules.table import RULES
from gitops.lint.schema.kinds import Schema

TODAY = date(2027, 1, 1)
"""The day on which all cases are linted."""

_DIRECTIVE = re.compile(r"# (dialect|setting|off): (.+)\n")
_MARK = re.compile(r"# finding: ([a-z0-9-]+)")


def report(case: Path, schema: Schema) -> Report:
    """What the linter says of a case."""
    if case.is_file():
        rules = {case.parent.name, *(name for _, _, name in marks(case))}
        return report_of_text(case.read_bytes(), schema, rules, path=case.name)
    files, options = repository(case)
    return lint(files, schema=schema, options=options)


def repository(case: Path) -> tuple[list[SourceFile], Options]:
    """The files of a case that is a repository, and what is known of it."""
    rules = {case.parent.name, *(name for _, _, name in marks(case))}
    given = _given(case / "options.yml")
    head, base = _contents(case / "head"), _contents(case / "base")
    context = given.pop("context", ())
    files = [SourceFile(path, source, base.get(path), context=path in context) for path, source in head.items()]
    gone = [SourceFile(path, None, base=source) for path, source in base.items() if path not in head]
    known: dict[str, Any] = {"root": "", "complete": True, "compared": True, "paths": _paths(case / "head")} | given
    return [*files, *gone], _options(rules, known)


def report_of_text(source: bytes, schema: Schema, rules: set[str], *, path: str = "hello.yml") -> Report:
    """What the linter says of one file, with these rules beside those that everybody has."""
    given: dict[str, Any] = {}
    text = source.decode("utf-8", "replace")
    while found := _DIRECTIVE.match(text):
        text = text[found.end() :]
        if found[1] == "dialect":
            given["dialect"] = found[2]
        elif found[1] == "off":
            given["off"] = (found[2],)
        else:
            of_rule = given.setdefault("settings", {}).setdefault(min(rules), {})
            of_rule |= yaml.safe_load(found[2])
    return lint([SourceFile(path, source, named=True)], schema=schema, options=_options(rules, given))


def texts(case: Path) -> Callable[[str], str | None]:
    """The texts of the files of a case, by their paths."""
    found = {case.name: case.read_bytes()} if case.is_file() else _contents(case / "head")
    return {path: source.decode("utf-8", "replace").removeprefix("\ufeff") for path, source in found.items()}.get


def marks(case: Path) -> Iterator[tuple[str, int, str]]:
    """The file, the line and the rule of every finding that a case expects."""
    top = case.parent if case.is_file() else case / "head"
    for file in [case] if case.is_file() else sorted(top.rglob("*.yml")):
        text = file.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), start=1):
            yield from ((file.relative_to(top).as_posix(), number, rule) for rule in _MARK.findall(line))


def _options(rules: set[str], given: Mapping[str, Any]) -> Options:
    severities = {name: RULES[name].severity for name in rules if name in RULES} | dict.fromkeys(given.get("off", ()))
    settings = {
        rule: {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
        for rule, options in given.get("settings", {}).items()
    }
    known = {name: value for name, value in given.items() if name != "off"}
    return Options(
        **{"today": TODAY, **known, "profile": Profile.MINIMAL, "severities": severities, "settings": settings}
    )


def _given(file: Path) -> dict[str, Any]:
    return yaml.safe_load(file.read_text()) if file.exists() else {}


def _paths(folder: Path) -> frozenset[str]:
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.yml"))}
