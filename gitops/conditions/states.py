"""What conditions about states share."""

from __future__ import annotations

from pydantic import Field

from gitops.language.condition import Condition
from gitops.language.scalars import StateName, Templated


class StateCondition(Condition):
    """A condition about a state that must be one of some, and none of others."""

    in_: Templated[tuple[StateName, ...]] = Field((), alias="in", description="The states that count.")
    not_in: Templated[tuple[StateName, ...]] = Field((), description="The states that do not count.")

    def counts(self, state: str) -> bool:
        """Whether a state is one of `in`, if there are any, and none of `notIn`; the condition is rendered."""
        return (not self.in_ or state in self.in_) and state not in self.not_in
