"""What may be said in `.gitops.yaml`: every key with its description, for those who read it and for its schema."""

from __future__ import annotations

from gitops.lint.finding import Severity
from gitops.lint.report import FAIL_SCOPES
from gitops.lint.rule_entry import Profile
from gitops.lint.source import Dialect

FILE = ".gitops.yaml"
"""The name of the file."""

EXTENDS, PROFILE, DIALECT, ROOT = "extends", "profile", "dialect", "root"
RULES, OVERRIDES, POLICY, FAIL_ON, RULES_FROM = "rules", "overrides", "policy", "fail-on", "rules-from"
PATHS = "paths"
SEVERITY = "severity"
REQUIRE_REASON, MAX_IGNORE_DAYS, ALLOW_INLINE_IGNORES = "require-reason", "max-ignore-days", "allow-inline-ignores"

TOP: dict[str, str] = {
    EXTENDS: "Other files that this one builds on, relative to it; of several the last one counts most.",
    PROFILE: "How much is asked for: each of minimal, recommended and strict holds the one before it; security is "
    "minimal with every rule about security.",
    DIALECT: "The flow language: `v2` refuses what Kestra 2 does not have any more.",
    ROOT: "The folder of the namespace folders, relative to this file.",
    RULES: "The severity and the options of single rules.",
    OVERRIDES: "What is otherwise for some files; the last entry that a file matches counts most.",
    POLICY: "What is asked of comments that suppress findings.",
    FAIL_ON: "Which findings let a run fail: those of this severity and worse; `new` leaves out and `all` counts those "
    "of the baseline.",
    RULES_FROM: "Installed packages that bring rules of their own.",
}
OF_OVERRIDE: dict[str, str] = {
    PATHS: "Patterns of paths, relative to the file that says them: `*` within a name, `**` for any folders.",
    PROFILE: TOP[PROFILE],
    DIALECT: TOP[DIALECT],
    RULES: TOP[RULES],
}
OF_POLICY: dict[str, str] = {
    REQUIRE_REASON: "Whether a suppression without a reason is a finding, in every profile.",
    MAX_IGNORE_DAYS: "How many days from now the last day of a suppression may be; without a last day it is a finding.",
    ALLOW_INLINE_IGNORES: "Whether comments suppress findings at all.",
}
OF_RUN = (ROOT, POLICY, FAIL_ON, RULES_FROM)
"""What is said once for a whole repository."""

PROFILES = tuple(Profile)
DIALECTS: tuple[Dialect, ...] = ("v1", "v2")
ON, OFF = "on", "off"
SEVERITIES = (*Severity, OFF, ON)
FAIL_WORDS = (*Severity, *FAIL_SCOPES)
