"""What triggers of the clock do about dates that passed while nobody could fire them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from gitops.language.trigger import TimedTrigger

_MOMENT = timedelta(microseconds=1)


class RecoveringTrigger(TimedTrigger):
    """A trigger of the clock that says which of its missed dates are made up for."""

    recover_missed_schedules: Literal["ALL", "LAST", "NONE"] | None = Field(
        None, description="Which of the dates that passed while the service was away are made up for; LAST if absent."
    )

    @property
    def recovers_all(self) -> bool:
        """Whether each missed date gets an execution of its own, one after the other."""
        return self.recover_missed_schedules == "ALL"

    def lateness_limit(self) -> timedelta | None:
        """How late a date may be; None when there is no limit."""
        return None

    def due_date(self, first: datetime, now: datetime, *, began: datetime) -> datetime | None:
        """Of the dates from `first` to now, the one to fire next; None when all are given up.

        `began` is when the service began to watch: what was due before that was missed.
        """
        date = self._first_not_given_up(first, now, began)
        if date is None or date > now:
            return None
        while not self.recovers_all and (following := self.next_date(date)) is not None and following <= now:
            date = following
        return date

    def _first_not_given_up(self, first: datetime, now: datetime, began: datetime) -> datetime | None:
        limits = [began] if self.recover_missed_schedules == "NONE" else []
        lateness = self.lateness_limit()
        if lateness is not None:
            limits.append(now - lateness)
        limit = max(limits, default=first)
        return first if first >= limit else self.next_date(limit - _MOMENT)
