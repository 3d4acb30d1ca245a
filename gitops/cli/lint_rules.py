"""The arguments of `gitops lint` that say which rules there are and how bad their findings are, over what files say."""

from __future__ import annotations

import argparse
from functools import reduce
from typing import TYPE_CHECKING

from gitops.cli import configuration_files
from gitops.cli.selection import Selection
from gitops.errors import InvalidUsage
from gitops.lint.by_path import overridden
from gitops.lint.configuration.keys import DIALECTS, FAIL_WORDS, OFF, ON, PROFILES, SEVERITIES
from gitops.lint.finding import Severity
from gitops.lint.report import FailOn
from gitops.lint.rule_entry import Profile
from gitops.lint.source import Options, Override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gitops.lint.rule_entry import Rule


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare them."""
    group = parser.add_argument_group("rules")
    group.add_argument("--profile", choices=PROFILES, help="how much is asked for (default: recommended)")
    group.add_argument(
        "--rule",
        action="append",
        type=_rule,
        default=[],
        metavar="NAME=SEVERITY",
        help="error, warning, info, off or on, for one rule; may be repeated",
    )
    group.add_argument(
        "--only", action="append", default=[], metavar="RULE", help="this rule and no other; may be repeated"
    )
    group.add_argument("--dialect", choices=DIALECTS, help="v2: what Kestra 2 does not have any more is an error")
    group.add_argument("--config", metavar="FILE", help="read this file, and no .gitops.yaml")
    group.add_argument("--no-config", action="store_true", help="read no .gitops.yaml")
    group.add_argument("--no-inline-ignores", action="store_true", help="comments suppress nothing")
    group.add_argument("--no-baseline", action="store_true", help="read no .gitops-baseline.json")
    group.add_argument(
        "--fail-on",
        action="append",
        choices=FAIL_WORDS,
        default=[],
        metavar="WORD",
        help="fail from error, warning or info on (default: error), for new or all findings of the baseline "
        "(default: new); may be repeated",
    )
    group.add_argument(
        "--show-settings", action="store_true", help="print what holds for these files, and lint nothing"
    )


def configured(selection: Selection, arguments: argparse.Namespace) -> Selection:
    """The selection with what its repository and the arguments say. Raises InvalidUsage and InvalidSettings."""
    load = configuration_files.loader(selection)
    options = _configured(selection, arguments, load)
    if arguments.root is not None:
        options = options._replace(root=selection.options.root)
    if not arguments.no_baseline:
        options = configuration_files.with_baseline(options, load)
    options = options._replace(today=configuration_files.today())
    return configuration_files.below_root(selection._replace(options=_asked(options, arguments)))


def _configured(selection: Selection, arguments: argparse.Namespace, load: configuration_files.Load) -> Options:
    if arguments.config and arguments.no_config:
        raise InvalidUsage("--config goes without --no-config")
    if arguments.config:
        return configuration_files.configured_by(arguments.config, selection)
    return selection.options if arguments.no_config else configuration_files.configured(selection, load)


def _asked(options: Options, arguments: argparse.Namespace) -> Options:
    """Options with what the arguments ask for, which counts more than anything else."""
    from gitops.lint.ruleset import rules_of

    rules = rules_of(options)
    for name in (*arguments.only, *(name for name, _ in arguments.rule)):
        _require(name, rules)
    asked = Override(
        profile=Profile(arguments.profile) if arguments.profile else None,
        dialect=arguments.dialect,
        severities={name: _severity(rules[name], level) for name, level in arguments.rule},
    )
    if asked != Override():
        options = overridden(options, asked)
    if asked != Override() and options.overrides:
        options = options._replace(overrides=(*options.overrides, asked))
    return options._replace(
        only=frozenset(arguments.only) or options.only,
        comments="unread" if arguments.no_inline_ignores else options.comments,
        fail_on=reduce(FailOn.changed, arguments.fail_on, options.fail_on),
    )


def _severity(rule: Rule, level: str) -> Severity | None:
    if rule.fixed:
        raise InvalidUsage(f"`{rule.name}` is always an error, because a file with it cannot be read as a flow")
    return None if level == OFF else rule.severity if level == ON else Severity(level)


def _require(name: str, rules: Mapping[str, Rule]) -> None:
    if name not in rules:
        from gitops.lint.words import closest, did_you_mean

        question = did_you_mean(closest(name, tuple(rules))) or "`gitops rules` lists them"
        raise InvalidUsage(f"there is no rule `{name}`; {question}")


def _rule(text: str) -> tuple[str, str]:
    """An argument as it is written: `large-file=warning`."""
    name, _, level = text.partition("=")
    if level not in SEVERITIES:
        raise argparse.ArgumentTypeError(f"expected NAME={'|'.join(SEVERITIES)}, found {text!r}")
    return name, level
