"""News of an execution inside the event loop: whoever waits for it holds no thread."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from gitops.app import App


@contextmanager
def news_of(app: App, execution_id: str) -> Iterator[asyncio.Event]:
    """An event of the running loop that is set after each commit that touched the execution."""
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()

    def wake() -> None:
        # The loop is closed when the service stops before those who wait have gone.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(changed.set)

    unsubscribe = app.engine.news.subscribe(execution_id, wake)
    try:
        yield changed
    finally:
        unsubscribe()
