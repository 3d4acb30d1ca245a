"""Triggers: switched on and off while the service runs."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredTriggerSwitches:
    """Implements TriggerSwitches for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def switch(self, trigger_id: str, *, on: bool, flow_id: str | None = None, namespace: str | None = None) -> None:
        """See TriggerSwitches."""
        place = self._place
        place.world.switch((namespace or place.namespace, flow_id or place.flow_id, trigger_id), on=on)
