"""The rules that installed packages bring, by the entry point group `gitops.rules`; only packages that are named."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, EntryPoint, PackageNotFoundError, distribution, entry_points
from pathlib import Path

from gitops.errors import NotFound
from gitops.language.quoting import quote
from gitops.lint.rule import Declared
from gitops.lint.rules.table import RULES
from gitops.lint.source import RulePackage
from gitops.lint.words import closest, did_you_mean

GROUP = "gitops.rules"

_SEPARATORS = re.compile(r"[-_.]+")


def rules_offered(name: str) -> RulePackage:
    """The rules of an installed package; raises NotFound."""
    try:
        package = distribution(name)
    except (PackageNotFoundError, ValueError):
        raise NotFound(f"there is no installed package {quote(name)}{_question(name)}") from None
    offers = [offer for offer in package.entry_points if offer.group == GROUP]
    if not offers:
        raise NotFound(f"the package {quote(name)} brings no rules{_question(name)}")
    declared = [_loaded(offer) for offer in sorted(offers)]
    return RulePackage(_plain(name), tuple(each.rule for each in declared), _stamp(package, declared))


def _loaded(offer: EntryPoint) -> Declared:
    try:
        found: object = offer.load()
    except Exception as error:  # the code of others may fail in any way
        raise NotFound(f"the rule {quote(offer.name)} cannot be loaded: {type(error).__name__}: {error}") from error
    if not isinstance(found, Declared):
        raise NotFound(f"{quote(offer.value)} is no rule; make it one with `@rule` of `gitops.lint.rule`")
    rule = found.rule
    if rule.name in RULES:
        raise NotFound(f"there is already a rule {quote(rule.name)}; the package has to name its own otherwise")
    named: object = getattr(importlib.import_module(rule.module), rule.name.replace("-", "_"), None)
    if named is not found:
        raise NotFound(f"the function of the rule {quote(rule.name)} has to be named as its module is")
    return found


def _stamp(package: Distribution, declared: Iterable[Declared]) -> str:
    """What changes with the version of a package and with the code of its rules."""
    return " ".join([package.version, *_files(declared)])


def _files(declared: Iterable[Declared]) -> Iterator[str]:
    for each in declared:
        file = importlib.import_module(each.rule.module).__file__
        if file is not None:
            stat = Path(file).stat()
            yield f"{stat.st_size}-{stat.st_mtime_ns}"


def _question(name: str) -> str:
    """Which package may have been meant, of those that bring rules."""
    known = {_plain(offer.dist.name) for offer in entry_points(group=GROUP) if offer.dist is not None}
    question = did_you_mean(closest(_plain(name), tuple(sorted(known))))
    return f"; {question}" if question else ""


def _plain(name: str) -> str:
    """The one spelling of a package's name."""
    return _SEPARATORS.sub("-", name).lower()
