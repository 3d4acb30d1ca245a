"""`gitops rules`: list the rules, by family."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gitops.cli.known_rules import known_rules
from gitops.lint.addresses import page_address
from gitops.lint.configuration.keys import PROFILES
from gitops.lint.fixable import fixable
from gitops.lint.pages import sentence
from gitops.lint.rule import load
from gitops.lint.rule_entry import AnyOption, Profile, Rule
from gitops.lint.source import Options

EXAMPLE = """\
examples:
  gitops rules                         all of them
  gitops rules --profile minimal       those of a profile
  gitops rules --family security       those of a family
  gitops rules --output json           for programs
"""


class _Row(NamedTuple):
    """A rule with what is in its module."""

    rule: Rule
    summary: str
    options: tuple[AnyOption, ...]
    fixable: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--profile", choices=PROFILES, help="only rules that this profile asks for")
    parser.add_argument("--family", action="append", default=[], metavar="FAMILY", help="only rules of this family")
    parser.add_argument("--output", choices=("text", "json"), default="text", help="for people or for programs")


def run(arguments: argparse.Namespace) -> int:
    """Print the rules."""
    rules = known_rules()
    families = list(dict.fromkeys(rule.family for rule in rules.values()))
    for family in arguments.family:
        _require(family, families)
    options = Options(profile=Profile(arguments.profile or Profile.STRICT))
    asked = [
        rule
        for rule in rules.values()
        if (not arguments.profile or options.asks_for(rule))
        and (not arguments.family or rule.family in arguments.family)
    ]
    rows = [_row(rule) for rule in sorted(asked, key=lambda rule: (families.index(rule.family), rule.name))]
    if arguments.output == "json":
        print(json.dumps([_object(row) for row in rows], indent=2))
    else:
        print("\n".join(_table(rows)))
    return 0


def _require(family: str, families: list[str]) -> None:
    from gitops.errors import InvalidUsage
    from gitops.lint.words import closest, did_you_mean, listing

    if family not in families:
        question = did_you_mean(closest(family, tuple(families))) or f"there are {listing(families)}"
        raise InvalidUsage(f"there is no family `{family}`; {question}")


def _row(rule: Rule) -> _Row:
    declared = load(rule)
    return _Row(rule, sentence(declared), declared.options, fixable(rule))


def _table(rows: Iterable[_Row]) -> Iterator[str]:
    family = ""
    every = list(rows)
    width = max((len(row.rule.name) for row in every), default=0)
    for rule, summary, _, mends in every:
        if rule.family != family:
            yield from ([""] if family else [])
            family = rule.family
            yield family
        fix = "fix" if mends else ""
        yield f"  {rule.name:{width}}  {rule.severity:7}  {rule.profile:11}  {fix:3}  {summary}"
    yield ""
    yield f"{len(every)} rules; `gitops explain RULE` tells more of one"


def _object(row: _Row) -> dict[str, object]:
    rule = row.rule
    return {
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity,
        "profile": rule.profile,
        "fixable": row.fixable,
        "configurable": not rule.fixed,
        "since": rule.since,
        "summary": row.summary,
        "url": page_address(rule.name),
        "options": [
            {
                "name": option.name,
                "default": option.default,
                "description": option.description,
                "choices": list(option.choices),
            }
            for option in row.options
        ],
    }
