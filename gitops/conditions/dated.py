"""What conditions about a date share."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.condition import Condition
from gitops.language.scalars import TemplatedStr

WeekDay = Literal["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]


class DatedCondition(Condition):
    """A condition about a date, which is the trigger's unless another one is given."""

    TIMED: ClassVar[bool] = True

    date: TemplatedStr = Field("{{ trigger.date }}", description="The date that is looked at.")
