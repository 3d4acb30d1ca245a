"""Server-sent events: whoever tells of an execution is asked again after each commit that touched it.

Only this module is asynchronous below FastAPI: a follower waits without a thread. Every event is read from the store,
so that a follower that reconnects sees the same as one that never left.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from gitops.app import App
from gitops.server.hearing import news_of
from gitops.server.shapes.shape import Shape

_PULSE_SECONDS = 15.0
_CHEAP_SECONDS = 0.05
_REST = 4
"""A follower of something large rests this many times as long as its last look took."""


class Teller(Protocol):
    """Says what there is to tell one follower; both methods answer finished events and may take their time.

    `ended` is whether all was told, `behind` whether there is more to tell already, `rest` the seconds to wait before
    the next look.
    """

    ended: bool
    behind: bool
    rest: float

    def begin(self) -> list[str]:
        """What a follower is told first."""
        ...

    def changes(self) -> list[str]:
        """What there is to tell since."""
        ...


async def tell(app: App, execution_id: str, teller: Teller) -> AsyncIterator[str]:
    """Everything that the teller has to say about an execution, as it happens, to the end."""
    with news_of(app, execution_id) as changed:
        for event in await run_in_threadpool(teller.begin):
            yield event
        while not teller.ended:
            pulse = None if teller.behind else await _wait(changed, teller.rest)
            if pulse is not None:
                yield pulse
                continue
            for event in await run_in_threadpool(teller.changes):
                yield event


def event_stream(events: AsyncIterator[str]) -> StreamingResponse:
    """The answer that sends events as they come."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _wait(changed: asyncio.Event, rest: float) -> str | None:
    """Wait for news, after a rest; a comment line now and then keeps the connection open."""
    await asyncio.sleep(rest)
    try:
        await asyncio.wait_for(changed.wait(), _PULSE_SECONDS)
    except TimeoutError:
        return ": pulse\n\n"
    changed.clear()
    return None


def rest_after(seconds: float) -> float:
    """How long to rest after a look that took this long."""
    return seconds * _REST if seconds > _CHEAP_SECONDS else 0.0


def named_event(name: str, data: object) -> str:
    """An event that a page listens for by its name."""
    return f"event: {name}\ndata: {_text(data)}\n\n"


def kestra_event(kind: str, data: object) -> str:
    """An event as clients of Kestra read it: `progress` or `end` stands where others number their events."""
    return f"id: {kind}\ndata: {_text(data)}\n\n"


def plain(shape: Shape) -> dict[str, Any]:
    """A shape as JSON has it."""
    return shape.model_dump(mode="json", exclude_none=True)


def _text(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), default=str)
