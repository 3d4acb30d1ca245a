"""What one file of configuration says by itself, key by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from gitops.errors import NotFound
from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.configuration import keys
from gitops.lint.configuration.configuration import Configuration, Policy
from gitops.lint.configuration.objecting import Objecting
from gitops.lint.configuration.rule_values import rule_values
from gitops.lint.report import FailOn
from gitops.lint.rule_entry import Rule
from gitops.lint.ruleset import rules_of
from gitops.lint.source import Options, Override, RulePackage

C = TypeVar("C")

Offered = Callable[[str], RulePackage]
"""The rules that an installed package brings; raises NotFound."""


def said(
    file: Objecting, values: Mapping[str, object], begun: Configuration, below: Configuration, offered: Offered
) -> Configuration:
    """What a file says, over what it builds on."""
    packages = tuple(_packages(file, values, offered))
    rules = rules_of(Options(packages=(*below.packages, *packages)))
    own = begun._replace(
        severities={}, settings={}, overrides=_overrides(file, values, begun.folder, rules), packages=packages
    )
    of_rules = rule_values(file, values.get(keys.RULES), (keys.RULES,), rules)
    own = own._replace(
        profile=_choice(file, values, keys.PROFILE, keys.PROFILES),
        dialect=_choice(file, values, keys.DIALECT, keys.DIALECTS),
        severities=of_rules.severities,
        settings=of_rules.settings,
        policy=_policy(file, values),
        fail_on=_fail_on(file, values),
        files=(file.path,),
    )
    return own.over(below)


def _choice(file: Objecting, values: Mapping[str, object], key: str, choices: Sequence[C], path: Path = ()) -> C | None:
    return file.choice(values[key], (*path, key), choices) if key in values else None


def _overrides(
    file: Objecting, values: Mapping[str, object], folder: str, rules: Mapping[str, Rule]
) -> tuple[Override, ...]:
    entries = values.get(keys.OVERRIDES)
    if entries is None:
        return ()
    if not isinstance(entries, list):
        file.kind(entries, (keys.OVERRIDES,), "a list of mappings with `paths`")
        return ()
    every = (_override(file, entry, (keys.OVERRIDES, index), folder, rules) for index, entry in enumerate(entries))
    return tuple(override for override in every if override.patterns)


def _override(file: Objecting, entry: object, path: Path, folder: str, rules: Mapping[str, Rule]) -> Override:
    values = file.mapping(entry, path, keys.OF_OVERRIDE)
    if keys.PATHS not in values and isinstance(entry, dict | None):
        file.refuse(path, "an override says for which `paths` it is", help_='add `paths: ["folder/**"]`')
    said = rule_values(file, values.get(keys.RULES), (*path, keys.RULES), rules)
    return Override(
        folder,
        tuple(_patterns(file, values, path)),
        _choice(file, values, keys.PROFILE, keys.PROFILES, path),
        _choice(file, values, keys.DIALECT, keys.DIALECTS, path),
        said.severities,
        said.settings,
    )


def _patterns(file: Objecting, values: Mapping[str, object], path: Path) -> Iterator[str]:
    for at, pattern in file.texts(values[keys.PATHS], (*path, keys.PATHS)) if keys.PATHS in values else ():
        if pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern:
            file.refuse(at, "patterns are relative to this file, with `/` and without `..`", found=quote(pattern))
        else:
            yield pattern


def _policy(file: Objecting, values: Mapping[str, object]) -> Policy:
    said = file.mapping(values.get(keys.POLICY), (keys.POLICY,), keys.OF_POLICY)

    def truth(key: str) -> bool | None:
        return file.truth(said[key], (keys.POLICY, key)) if key in said else None

    days = keys.MAX_IGNORE_DAYS
    most = file.number(said[days], (keys.POLICY, days), least=1) if days in said else None
    return Policy(truth(keys.REQUIRE_REASON), most, truth(keys.ALLOW_INLINE_IGNORES))


def _fail_on(file: Objecting, values: Mapping[str, object]) -> FailOn | None:
    if keys.FAIL_ON not in values:
        return None
    said = FailOn()
    for at, text in file.texts(values[keys.FAIL_ON], (keys.FAIL_ON,)):
        word = file.choice(text, at, keys.FAIL_WORDS)
        said = said if word is None else said.changed(word)
    return said


def _packages(file: Objecting, values: Mapping[str, object], offered: Offered) -> Iterator[RulePackage]:
    for at, name in file.texts(values[keys.RULES_FROM], (keys.RULES_FROM,)) if keys.RULES_FROM in values else ():
        try:
            yield offered(name)
        except NotFound as error:
            file.refuse(at, str(error))
