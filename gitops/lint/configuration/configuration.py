"""One configuration, read: what it says, alone or over what it builds on, and the options that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from gitops.lint.by_path import options_at, overridden
from gitops.lint.finding import Severity
from gitops.lint.report import FailOn
from gitops.lint.rule_entry import Profile
from gitops.lint.source import Dialect, Options, Override, RulePackage

WITHOUT_REASON, LONG = "suppression-without-reason", "long-suppression"
"""The rules that a policy turns on."""
DAYS = "days"

Severities = Mapping[str, Severity | None]
Settings = Mapping[str, Mapping[str, object]]


class Policy(NamedTuple):
    """What is asked of suppressions; None where nothing is said."""

    require_reason: bool | None = None
    max_ignore_days: int | None = None
    allow_inline_ignores: bool | None = None

    def over(self, other: Policy) -> Policy:
        """This, and where it says nothing the other."""
        return Policy(
            other.require_reason if self.require_reason is None else self.require_reason,
            other.max_ignore_days if self.max_ignore_days is None else self.max_ignore_days,
            other.allow_inline_ignores if self.allow_inline_ignores is None else self.allow_inline_ignores,
        )

    def override(self, folder: str = "") -> Override:
        """What the policy comes to as rules."""
        severities: dict[str, Severity | None] = {WITHOUT_REASON: Severity.WARNING} if self.require_reason else {}
        if self.max_ignore_days is None:
            return Override(folder, severities=severities)
        severities[LONG] = Severity.WARNING
        return Override(folder, severities=severities, settings={LONG: {DAYS: self.max_ignore_days}})


class Configuration(NamedTuple):
    """What a file says with what it builds on; None where it says nothing.

    `folder` is where its patterns begin. `root` is a path from the top. `files` are those that it was read from.
    """

    path: str
    folder: str = ""
    profile: Profile | None = None
    dialect: Dialect | None = None
    root: str | None = None
    severities: Severities = MappingProxyType({})
    settings: Settings = MappingProxyType({})
    overrides: tuple[Override, ...] = ()
    policy: Policy = Policy()
    fail_on: FailOn | None = None
    packages: tuple[RulePackage, ...] = ()
    files: tuple[str, ...] = ()

    def over(self, other: Configuration) -> Configuration:
        """This configuration, and where it says nothing the other."""
        return self._replace(
            profile=self.profile or other.profile,
            dialect=self.dialect or other.dialect,
            root=other.root if self.root is None else self.root,
            severities={**other.severities, **self.severities},
            settings={
                rule: {**other.settings.get(rule, {}), **self.settings.get(rule, {})}
                for rule in (*other.settings, *self.settings)
            },
            overrides=(*(each._replace(folder=self.folder) for each in other.overrides), *self.overrides),
            policy=self.policy.over(other.policy),
            fail_on=self.fail_on or other.fail_on,
            packages=tuple(dict.fromkeys((*other.packages, *self.packages))),
            files=tuple(dict.fromkeys((*other.files, *self.files))),
        )

    def options(self, known: Options) -> Options:
        """The options of a repository that has this configuration and no other."""
        options = self.of_run(known)
        for each in (self.policy.override(), self._said("")):
            options = overridden(options, each)
        return options._replace(overrides=(*options.overrides, *self.overrides))

    def options_at(self, path: str, known: Options) -> Options:
        """The options of one file of such a repository."""
        return options_at(self.options(known), path)

    def of_run(self, known: Options) -> Options:
        """Options with what a configuration says about the repository as a whole."""
        refused = self.policy.allow_inline_ignores is False
        return known._replace(
            root=known.root if self.root is None else self.root,
            packages=self.packages or known.packages,
            comments="refused" if refused else known.comments,
            fail_on=self.fail_on or known.fail_on,
        )

    def inside(self, policy: Policy, dialect: Dialect) -> tuple[Override, ...]:
        """What this is for its folder alone, whatever is said above it."""
        profile, own = self.profile or Profile.RECOMMENDED, self._said(self.folder)
        begun = policy.override(self.folder)._replace(profile=profile, dialect=self.dialect or dialect, anew=True)
        return (begun, own, *self.overrides)

    def _said(self, folder: str) -> Override:
        return Override(folder, (), self.profile, self.dialect, self.severities, self.settings)
