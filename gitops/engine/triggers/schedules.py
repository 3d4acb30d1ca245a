"""Which date of a trigger of the clock is due, and where the trigger stands afterwards; backfills included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from gitops.engine.triggers.firing import Firing, Occasion
from gitops.engine.triggers.view import TriggerView
from gitops.errors import ExpressionError, GitopsError
from gitops.language.trigger import TimedTrigger, Trigger
from gitops.store.triggers import TriggerState

_MOMENT = timedelta(microseconds=1)


class Schedules:
    """Fires triggers of the clock whose date has come, one date at a time."""

    def __init__(self, firing: Firing) -> None:
        self._firing = firing

    def attend(self, state: TriggerState, view: TriggerView[Trigger], now: datetime) -> None:
        """Fire for the first date that is due and admitted, or move on to the one that is to come."""
        try:
            due = _Due(state, view, now)
        except ExpressionError as error:
            sleeping = Occasion(view=view, before=state, after=replace(state, next_at=None), told={})
            self._firing.refuse(sleeping, str(error), fail=True)
            return
        date, problem = due.find()
        if date is None:
            self._firing.go_on(state, due.afterwards)
        elif problem is not None:
            self._firing.refuse(due.occasion(date, decided=False), problem, fail=True)
        else:
            self._firing.fire(due.occasion(date))


class _Due:
    """The search for a date; `afterwards` is where the trigger stands when it is over."""

    def __init__(self, state: TriggerState, view: TriggerView[Trigger], now: datetime) -> None:
        assert isinstance(view.trigger, TimedTrigger)  # noqa: S101 - the scheduler asks for no others
        self._trigger = view.trigger.rendered(view.render_with({}))
        self._state, self._view, self._now = state, view, now
        self.afterwards = state

    def find(self) -> tuple[datetime | None, str | None]:
        """The date to fire for, or why it cannot be said whether to; None when every date up to now is given up."""
        backfill = self._state.backfill
        last = backfill.end if backfill else self._now
        for date in self._trigger.coming(self._first() - _MOMENT):
            if date > last:
                self._go_on(date)
                return None, None
            try:
                admitted = self._view.admits(self._plainly(date))
            except GitopsError as error:
                self._go_on(self._trigger.next_date(date))
                return date, str(error)
            if admitted:
                self._go_on(self._trigger.next_date(date))
                return date, None
        self._go_on(None)
        return None, None

    def occasion(self, date: datetime, *, decided: bool = True) -> Occasion:
        """The occasion of a date; unless it was decided, nobody can say which other dates are admitted."""
        backfill = self._state.backfill
        return Occasion(
            view=self._view,
            before=self._state,
            after=replace(self.afterwards, last_at=date),
            told=self._trigger.variables(date, self._may_follow) if decided else self._plainly(date),
            inputs=backfill.inputs if backfill else {},
            labels=backfill.labels if backfill else (),
            alone=backfill is not None or not self._trigger.allow_concurrent,
        )

    def _first(self) -> datetime:
        """Where to begin: what is later than `lateMaximumDelay` allows is given up, but not in a backfill."""
        backfill, first = self._state.backfill, self._state.next_at or self._now
        if backfill is not None:
            return backfill.current
        limit = self._trigger.lateness_limit()
        return first if limit is None else max(first, self._now - limit)

    def _go_on(self, following: datetime | None) -> None:
        """Move on: a backfill to its following date, and after the last one back to the trigger's own next date."""
        state, backfill = self._state, self._state.backfill
        if backfill is None:
            self.afterwards = replace(state, next_at=following)
        elif following is None or following > backfill.end:
            self.afterwards = replace(state, next_at=backfill.next_at, backfill=None)
        else:
            self.afterwards = replace(state, next_at=following, backfill=replace(backfill, current=following))

    def _plainly(self, date: datetime) -> Mapping[str, object]:
        """What conditions see of a date; for them every date before and after it counts."""
        return self._trigger.variables(date, lambda _date: True)

    def _may_follow(self, date: datetime) -> bool:
        try:
            return self._view.admits(self._plainly(date))
        except GitopsError:
            return False
