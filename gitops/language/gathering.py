"""What a Flow trigger waits for when one execution is not enough: several things in one span of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gitops.language.upstream import Facts

Fits = Callable[[Facts, Callable[[object], object]], bool]
"""Whether an execution is one of those that are waited for; raises ExpressionError when that cannot be said."""


@dataclass(frozen=True, slots=True)
class Span:
    """From an instant on, up to and without another one."""

    opens_at: datetime
    closes_at: datetime


FindSpan = Callable[[datetime], Span | None]
"""The span that an instant lies in; None when it lies between two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Named things, `enough` of which must happen in one span of time.

    With `lookback` there are no spans: a thing counts for so long after it has happened. `by_flow` says that the
    outputs of several executions are told by flow only. `resets` begins anew once all has happened, `once` does not
    before the next span begins. `coming_span` is given when a span that ends too early matters: it
    finds the span around an instant or else the next one, None when there are no spans.
    """

    id: str
    needs: Mapping[str, Fits]
    enough: int
    find_span: FindSpan
    lookback: timedelta | None = None
    resets: bool = True
    once: bool = False
    coming_span: Callable[[datetime], Span | None] | None = None
    by_flow: bool = False
