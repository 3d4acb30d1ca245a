"""What is known of a rule without importing it: its name, family, severity, profile, and what flows it is about."""

from __future__ import annotations

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from gitops.lint.finding import Severity

T = TypeVar("T", bool, int, str, tuple[str, ...])


class Profile(StrEnum):
    """How much is asked for: each of the first three holds the ones before it; the last is minimal and all security."""

    MINIMAL = "minimal"
    RECOMMENDED = "recommended"
    STRICT = "strict"
    SECURITY = "security"


class Scope(StrEnum):
    """What a rule reads."""

    DOCUMENT = "document"
    """Nothing: the document, the schema or the judge of suppressions finds it."""
    FLOW = "flow"
    """One flow: its findings depend on the text alone."""
    REPOSITORY = "repository"
    """All flows together, their files and what they were before."""


class Option(NamedTuple, Generic[T]):
    """A setting of a rule: its name, what it is when nobody says, and what it may be when that is a choice."""

    rule: str
    name: str
    default: T
    description: str
    choices: tuple[T, ...] = ()


class Rule(NamedTuple):
    """A rule as the table has it. Its page, its options and its check are in its module.

    `about` are words of which a flow has at least one when it has a finding: property names, types by today's names,
    and `{{` for flows with expressions. Nothing means any flow. Of a rule about all flows together they are names of
    facts of which some flow has at least one, and `changed` for a flow that is not as it was. `needs` is the option
    that says what the rule looks for; until it is set, the rule says nothing.
    """

    name: str
    family: str
    severity: Severity
    profile: Profile
    scope: Scope
    since: str
    about: tuple[str, ...] = ()
    needs: str = ""
    module: str = ""

    @property
    def fixed(self) -> bool:
        """Whether nothing turns it off, because a file with such a finding cannot be read as a flow."""
        return self.scope is Scope.DOCUMENT and self.family == "syntax"


AnyOption = Option[bool] | Option[int] | Option[str] | Option[tuple[str, ...]]


def module_of(family: str, name: str) -> str:
    """The module that a rule of ours is in."""
    return f"gitops.lint.rules.{family}.{name.replace('-', '_')}"
