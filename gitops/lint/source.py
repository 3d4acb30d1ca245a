"""What the linter is given: files, what they were before, and what is known about their repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from gitops.lint.finding import Severity
from gitops.lint.report import Entry, FailOn
from gitops.lint.rule_entry import Option, Profile, Rule, T
from gitops.lint.sha1 import digest

if TYPE_CHECKING:
    from datetime import date

Dialect = Literal["v1", "v2"]
"""Which flow language is meant: today's, with its old and its newer names, or strictly the one of Kestra 2."""

Comments = Literal["obeyed", "refused", "unread"]
"""What comments are worth that would suppress findings; whoever writes one that is refused is told so."""


class Blob(NamedTuple):
    """A content by its Git id, read when it is needed."""

    id: str
    read: Callable[[], bytes]


Content = bytes | Blob


def content(source: Content) -> bytes:
    """The bytes."""
    return source.read() if isinstance(source, Blob) else source


def blob_id(source: Content) -> str:
    """The id that Git gives to this content."""
    if isinstance(source, Blob):
        return source.id
    return digest(b"blob %d\0" % len(source) + source)


class SourceFile(NamedTuple):
    """A file that may hold a flow.

    `path` is relative to the top of the repository, with `/`. `source` is None for a file that is gone. `base` is the
    content of the same path at the base revision; None when there was none or it is not known. `named` says that the
    file is a flow whatever it looks like: it was named by the user, or a flow is deployed from it. Of files that are
    `context`, nothing is told that would be told without the others: they are there for rules about several files.
    """

    path: str
    source: Content | None
    base: Content | None = None
    named: bool = False
    context: bool = False


class Override(NamedTuple):
    """What is otherwise for some files: those in a folder whose path from there matches one of the patterns, or all.

    `anew` says that what holds for other files counts for nothing here.
    """

    folder: str = ""
    patterns: tuple[str, ...] = ()
    profile: Profile | None = None
    dialect: Dialect | None = None
    severities: Mapping[str, Severity | None] = MappingProxyType({})
    settings: Mapping[str, Mapping[str, object]] = MappingProxyType({})
    anew: bool = False


class RulePackage(NamedTuple):
    """An installed package that brings rules; `stamp` changes with its code."""

    name: str
    rules: tuple[Rule, ...] = ()
    stamp: str = ""


class Baseline(NamedTuple):
    """What was found before and is let be, and the path of the file that says so."""

    path: str
    entries: tuple[Entry, ...] = ()


class Options(NamedTuple):
    """What is known about the repository, and how strictly its flows are read.

    `root` is the folder of the namespace folders, `""` for the top of the repository and None when not known.
    `complete` says that every flow of the repository is among the files, so that a flow that is not there is missing.
    `paths` are those of all its files, of whatever kind, when they are known.
    `compared` says that there is a base revision. `dialect` v2 turns what Kestra 2 does not have into errors.
    `lenient` is for flows that were stored once: properties that are not known are ignored. `defaults` are the
    service's own `pluginDefaults`. `profile` chooses the rules; `severities` overrides it by rule, None is off;
    `settings` are the options of rules, by rule and name. `overrides` change this for some files, the last one most.
    `only` are the names of the rules that are asked for when it is not all. `packages` bring further rules. `comments`
    says what suppressions in flows are worth. `today` is what dates in them are compared with; None compares nothing.
    `fail_on` says which findings let a run fail; those of the `baseline` are told apart.
    """

    root: str | None = None
    complete: bool = False
    compared: bool = False
    dialect: Dialect = "v1"
    lenient: bool = False
    defaults: Sequence[Mapping[str, object]] = ()
    profile: Profile = Profile.RECOMMENDED
    severities: Mapping[str, Severity | None] = MappingProxyType({})
    settings: Mapping[str, Mapping[str, object]] = MappingProxyType({})
    paths: frozenset[str] | None = None
    overrides: tuple[Override, ...] = ()
    only: frozenset[str] | None = None
    packages: tuple[RulePackage, ...] = ()
    comments: Comments = "obeyed"
    today: date | None = None
    fail_on: FailOn = FailOn()
    baseline: Baseline | None = None

    def runs(self, rule: Rule) -> bool:
        """Whether a rule is asked for, and knows what to look for."""
        return self.asks_for(rule) and not (rule.needs and rule.needs not in self.settings.get(rule.name, {}))

    def asks_for(self, rule: Rule) -> bool:
        """Whether a rule is asked for."""
        if rule.fixed:
            return True
        if self.only is not None:
            return rule.name in self.only
        if rule.name in self.severities:
            return self.severities[rule.name] is not None
        if self.profile is Profile.SECURITY:
            return rule.profile is Profile.MINIMAL or rule.family == Profile.SECURITY
        return _ORDER[rule.profile] <= _ORDER[self.profile]

    def severity(self, rule: Rule) -> Severity:
        """How bad the findings of a rule that runs are."""
        if rule.fixed:
            return rule.severity
        return self.severities.get(rule.name) or rule.severity

    def setting(self, option: Option[T]) -> T:
        """What an option is set to; a value of the wrong kind has been refused before."""
        value: T = self.settings.get(option.rule, {}).get(option.name, option.default)  # type: ignore[assignment]  # see above
        return value

    def digest(self) -> str:
        """What changes whenever one of those options does that decide what is found in a file by itself."""
        severities = sorted((rule, severity or "") for rule, severity in self.severities.items())
        settings = sorted((rule, sorted(values.items())) for rule, values in self.settings.items())
        only = sorted(self.only or ()), self.only is None
        reading = (self.dialect, self.lenient, [*self.defaults], self.packages)
        known = repr((self.profile, severities, settings, only, reading))
        return digest(known.encode(errors="surrogateescape"))


_ORDER = {Profile.MINIMAL: 0, Profile.RECOMMENDED: 1, Profile.STRICT: 2, Profile.SECURITY: 3}
