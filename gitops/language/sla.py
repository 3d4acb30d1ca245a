"""Service level agreements: what an execution must keep to, and what happens when it does not."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from gitops.language.label import Labels
from gitops.language.model import Model
from gitops.language.scalars import Duration, TemplatedStr


class _Sla(Model):
    id: str = Field(min_length=1, description="Unique among the agreements of the flow.")
    behavior: Literal["FAIL", "CANCEL", "NONE"] = Field(description="What happens to an execution that breaks it.")
    labels: Labels | None = Field(None, description="Labels added to an execution that breaks it.")


class MaxDuration(_Sla):
    """An execution must end in time."""

    type: Literal["MAX_DURATION"]
    duration: Duration = Field(description="How long an execution may take.")


class ExecutionAssertion(_Sla):
    """Something must hold whenever the execution changes."""

    type: Literal["EXECUTION_ASSERTION"]
    assert_: TemplatedStr = Field(alias="assert", description="What must render to a true value.")


Sla = Annotated[MaxDuration | ExecutionAssertion, Field(discriminator="type")]
