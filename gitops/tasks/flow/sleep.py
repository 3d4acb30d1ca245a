"""Wait for a while; other executions have one worker less meanwhile.

## Example
    id: wait_a_little
    namespace: company.team
    tasks:
      - id: wait
        type: io.kestra.plugin.core.flow.Sleep
        duration: PT0.5S
"""

from __future__ import annotations

import threading
from typing import Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.scalars import Duration, Level, Templated, format_duration


class Sleep(Runnable):
    """Wait for a while."""

    type: Literal["io.kestra.plugin.core.flow.Sleep"]
    duration: Templated[Duration] = Field(description="How long to wait.")

    def run(self, context: RunContext) -> None:
        """Wait; being killed ends the wait as a failure."""
        context.log(Level.INFO, f"Waits {format_duration(self.duration)}")
        woken = threading.Event()
        context.on_kill(woken.set)
        if woken.wait(self.duration.total_seconds()):
            raise TaskFailed(f"the wait of {format_duration(self.duration)} was cut short")
