"""Requests that wait for the end of an execution: however many do, and however long, none of them holds a thread."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from starlette.concurrency import run_in_threadpool

from gitops.app import App
from gitops.execution.state import Execution
from gitops.server.hearing import news_of

LONGEST_WAIT_SECONDS: Final = 3_600.0


async def until_done(app: App, execution_id: str) -> Execution:
    """The execution once it is done, or as it is after the longest wait; raises NotFound."""
    with news_of(app, execution_id) as changed:
        execution = await run_in_threadpool(app.engine.wait, execution_id, 0)
        if execution.done:
            return execution
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT_SECONDS):
                return await _ended(app, execution_id, changed)
        return await run_in_threadpool(app.engine.wait, execution_id, 0)


async def _ended(app: App, execution_id: str, changed: asyncio.Event) -> Execution:
    while (execution := app.engine.ended(execution_id)) is None:
        await changed.wait()
        changed.clear()
    return execution
