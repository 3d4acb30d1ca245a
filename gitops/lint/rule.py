"""How a rule is made: a function that reads a flow, or all flows, and a module whose docstring is the rule's page.

A rule knows no lines, no files and no configuration formats.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from gitops.lint.finding import Finding, Severity
from gitops.lint.rule_entry import AnyOption, Option, Profile, Rule, Scope, T

if TYPE_CHECKING:
    from gitops.lint.subject import Subject


RepositoryCheck = Callable[[Any], Iterator[Finding]]
"""It is given a Repository, which knows the facts of flows; these know rules by name, so it is not named here."""


class Declared(NamedTuple):
    """A rule as its module declares it."""

    rule: Rule
    page: str
    options: tuple[AnyOption, ...] = ()
    check: Callable[[Subject], Iterator[Finding]] | None = None
    check_all: RepositoryCheck | None = None


def load(rule: Rule) -> Declared:
    """A rule of the table as its module declares it."""
    found: Declared = getattr(importlib.import_module(rule.module), rule.name.replace("-", "_"))
    return found


def rule(
    *,
    severity: Severity,
    since: str,
    profile: Profile = Profile.RECOMMENDED,
    about: tuple[str, ...] = (),
    options: tuple[AnyOption, ...] = (),
    needs: AnyOption | None = None,
) -> Callable[[Callable[[Subject], Iterator[Finding]]], Declared]:
    """Make a rule about one flow of a function; the name of its module in kebab case is the rule's."""

    def make(function: Callable[[Subject], Iterator[Finding]]) -> Declared:
        made = _rule(function.__module__, severity, since, profile, Scope.FLOW, about, needs)
        return Declared(made, _page(function.__module__), options, check=function)

    return make


def repository_rule(
    *,
    severity: Severity,
    since: str,
    profile: Profile = Profile.RECOMMENDED,
    about: tuple[str, ...] = (),
    options: tuple[AnyOption, ...] = (),
    needs: AnyOption | None = None,
) -> Callable[[RepositoryCheck], Declared]:
    """Make a rule about all flows together of a function; the name of its module in kebab case is the rule's."""

    def make(function: RepositoryCheck) -> Declared:
        made = _rule(function.__module__, severity, since, profile, Scope.REPOSITORY, about, needs)
        return Declared(made, _page(function.__module__), options, check_all=function)

    return make


def declared(
    module: str,
    *,
    severity: Severity,
    since: str,
    profile: Profile = Profile.MINIMAL,
    options: tuple[AnyOption, ...] = (),
) -> Declared:
    """A rule whose findings are made elsewhere, named for the module that holds its page."""
    return Declared(_rule(module, severity, since, profile, Scope.DOCUMENT), _page(module), options)


def option(module: str, name: str, default: T, description: str, *, choices: tuple[T, ...] = ()) -> Option[T]:
    """An option of the rule in a module."""
    return Option(rule_name(module), name, default, description, choices)


def rule_name(module: str) -> str:
    """The name of the rule in a module."""
    return module.rpartition(".")[2].replace("_", "-")


def _rule(
    module: str,
    severity: Severity,
    since: str,
    profile: Profile,
    scope: Scope,
    about: tuple[str, ...] = (),
    needs: AnyOption | None = None,
) -> Rule:
    family, needed = module.split(".")[-2:][0], "" if needs is None else needs.name
    return Rule(rule_name(module), family, severity, profile, scope, since, about, needed, module)


def _page(module: str) -> str:
    return sys.modules[module].__doc__ or ""
