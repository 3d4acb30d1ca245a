"""What a Flow trigger waits for, as it stands: the window that is open now, and what an execution adds to it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gitops.errors import ExpressionError
from gitops.language.gathering import Fits, Gathering, Span
from gitops.language.rendered import Render
from gitops.language.upstream import Facts
from gitops.store.trigger_windows import TriggerWindow
from gitops.store.triggers import TriggerKey

_log = logging.getLogger(__name__)
_AT = "at"


@dataclass(frozen=True, slots=True)
class Gathered:
    """A window with what an execution added; `window` is None when the execution comes between two spans."""

    gathering: Gathering
    window: TriggerWindow | None
    added: bool

    @property
    def complete(self) -> bool:
        """Whether all that is waited for has happened, and the trigger may fire."""
        window = self.window
        if window is None or (window.fired and self.gathering.once):
            return False
        return len(window.met) >= self.gathering.enough

    def met(self) -> list[Mapping[str, object]]:
        """What is to be told of the things that happened."""
        return list(self.window.met.values()) if self.window else []

    def after_firing(self) -> TriggerWindow | None:
        """The window once the trigger fired."""
        if self.window is None:
            return None
        return replace(self.window, fired=True, met={} if self.gathering.resets else self.window.met)


def gather(
    gathering: Gathering,
    window: TriggerWindow | None,
    told: Mapping[str, object],
    *,
    fitting: Sequence[str],
    now: datetime,
) -> Gathered:
    """Add an execution, for which the things named `fitting` have happened, to the window that is open now."""
    if window is None:
        return Gathered(gathering, None, added=False)
    met = {**_recent(window, gathering, now), **{name: {**told, _AT: now} for name in fitting}}
    return Gathered(gathering, replace(window, met=met), added=bool(fitting) or not gathering.needs)


def fitting(gathering: Gathering, facts: Facts, render: Render) -> list[str]:
    """The names of the things that happened with an execution; one that cannot be said has not."""
    return [name for name, fits in gathering.needs.items() if _holds(gathering, fits, facts, render)]


def open_window(
    windows: Sequence[TriggerWindow], key: TriggerKey, gathering: Gathering, now: datetime
) -> TriggerWindow | None:
    """The window of those of a trigger that is open now, else a new one; None between two spans."""
    for window in windows:
        is_open = window.opened_at <= now and (window.closes_at is None or now < window.closes_at)
        if is_open and belongs(window, gathering):
            return window
    if gathering.lookback is not None:
        return new_window(key, gathering, None, now)
    span = gathering.find_span(now)
    return None if span is None else new_window(key, gathering, span, now)


def new_window(key: TriggerKey, gathering: Gathering, span: Span | None, now: datetime) -> TriggerWindow:
    """A window in which nothing has happened yet."""
    namespace, flow_id, trigger_id = key
    return TriggerWindow(
        namespace=namespace,
        flow_id=flow_id,
        trigger_id=trigger_id,
        window_id=f"{gathering.id}@{span.opens_at.isoformat() if span else ''}",
        opened_at=span.opens_at if span else now,
        closes_at=span.closes_at if span else None,
    )


def belongs(window: TriggerWindow, gathering: Gathering) -> bool:
    """Whether a window is one of a gathering."""
    return window.window_id.rpartition("@")[0] == gathering.id


def _holds(gathering: Gathering, fits: Fits, facts: Facts, render: Render) -> bool:
    try:
        return fits(facts, render)
    except ExpressionError as error:
        _log.warning("%s of a trigger of %s.%s: %s", gathering.id, facts.namespace, facts.flow_id, error)
        return False


def _recent(window: TriggerWindow, gathering: Gathering, now: datetime) -> Mapping[str, Mapping[str, object]]:
    """What has happened, without what happened too long ago."""
    if gathering.lookback is None:
        return window.met
    oldest = now - gathering.lookback
    return {name: each for name, each in window.met.items() if isinstance(at := each[_AT], datetime) and at >= oldest}
