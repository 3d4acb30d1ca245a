"""What conditions share that combine others."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from gitops.language.condition import Condition, Conditions


def _not_empty(conditions: Conditions) -> Conditions:
    if not conditions:
        raise ValueError("expected at least one condition, found none")
    return conditions


class Combination(Condition):
    """A condition over other conditions."""

    TIMED: ClassVar[bool] = True

    conditions: Annotated[Conditions, AfterValidator(_not_empty), Field(json_schema_extra={"minItems": 1})] = Field(
        description="The conditions."
    )
