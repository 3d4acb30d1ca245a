"""What a configuration says of single rules: whether they run, how bad their findings are, and their options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.configuration.keys import OFF, ON, SEVERITIES, SEVERITY
from gitops.lint.configuration.objecting import Objecting
from gitops.lint.finding import Severity
from gitops.lint.rule import load
from gitops.lint.rule_entry import AnyOption, Rule


class RuleValues(NamedTuple):
    """Severities by rule, None for off; options by rule and name."""

    severities: dict[str, Severity | None]
    settings: dict[str, dict[str, object]]


def rule_values(file: Objecting, value: object, path: Path, rules: Mapping[str, Rule]) -> RuleValues:
    """What is said under `rules`."""
    read = RuleValues({}, {})
    for name, said in file.mapping(value, path).items():
        if name not in rules:
            file.unknown("rule", name, tuple(rules), (*path, name))
        elif isinstance(said, dict):
            _of_mapping(file, said, (*path, name), rules[name], read)
        else:
            _severity(file, said, (*path, name), rules[name], read)
    return read


def _of_mapping(file: Objecting, said: dict[str, object], path: Path, rule: Rule, read: RuleValues) -> None:
    options = {option.name: option for option in load(rule).options}
    values = file.mapping(said, path, (SEVERITY, *options))
    if SEVERITY in values:
        _severity(file, values[SEVERITY], (*path, SEVERITY), rule, read)
    for name in values.keys() & options.keys():
        value = setting(file, values[name], (*path, name), options[name])
        if value is not None:
            read.settings.setdefault(rule.name, {})[name] = value


def _severity(file: Objecting, value: object, path: Path, rule: Rule, read: RuleValues) -> None:
    if rule.fixed:
        file.refuse(
            path,
            f"{quote(rule.name)} is always an error",
            key=path[-1] == rule.name,
            help_="a file with it cannot be read as a flow; delete this",
        )
        return
    words = {True: ON, False: OFF}  # what YAML makes of `on` and `off`
    word = file.choice(words.get(value, value) if isinstance(value, bool) else value, path, SEVERITIES)
    if word is not None:
        read.severities[rule.name] = None if word == OFF else rule.severity if word == ON else Severity(word)


def setting(file: Objecting, value: object, path: Path, option: AnyOption) -> object:
    """The value of an option; None when it is refused."""
    if isinstance(option.default, tuple):
        choices = tuple(choice for several in option.choices for choice in several)
        return _several(file, value, path, choices)
    if option.choices:
        return file.choice(value, path, option.choices)
    if isinstance(option.default, bool):
        return file.truth(value, path)
    if isinstance(option.default, int):
        return file.number(value, path)
    if value == "" and isinstance(value, str):
        return value
    return file.text(value, path)


def _several(file: Objecting, value: object, path: Path, choices: tuple[str, ...]) -> tuple[str, ...] | None:
    if isinstance(value, list) and not value:
        return ()
    every = file.texts(value, path)
    if choices:
        return tuple(found for at, text in every if (found := file.choice(text, at, choices)) is not None) or None
    return tuple(text for _, text in every) or None
