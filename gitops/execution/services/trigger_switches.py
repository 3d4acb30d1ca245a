"""Triggers: switched on and off while the service runs."""

from __future__ import annotations

from typing import Protocol


class TriggerSwitches(Protocol):
    """Triggers: switched on and off while the service runs."""

    def switch(self, trigger_id: str, *, on: bool, flow_id: str | None = None, namespace: str | None = None) -> None:
        """Let a trigger, of this flow unless another one is named, create executions or not.

        Raises NotFound, and Conflict for one that its source disables.
        """
        ...
