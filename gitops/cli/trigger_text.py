"""Triggers as commands print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def print_trigger(trigger: Mapping[str, Any]) -> None:
    """One line: its names, its type, and where it stands."""
    name = f"{trigger['namespace']}.{trigger['flowId']} {trigger['triggerId']}"
    print(f"{name}  {_short(trigger['type'])}  {_standing(trigger)}")


def _short(type_: str) -> str:
    """The last word of a type; with the one before where many types end in the same."""
    *_, before, last = ("", *type_.split("."))
    return f"{before}.{last}" if last == "Trigger" else last


def _standing(trigger: Mapping[str, Any]) -> str:
    """Where a trigger stands, in a few words."""
    if trigger["disabled"]:
        return "disabled in its source" if trigger["disabledInSource"] else "disabled"
    backfill = trigger.get("backfill")
    if backfill:
        words = "paused" if backfill["paused"] else "now"
        return f"backfill {words} at {backfill['currentDate']}, until {backfill['end']}"
    parts = [f"next {trigger['nextExecutionDate']}" if "nextExecutionDate" in trigger else "enabled"]
    return ", ".join([*parts, f"locked by {trigger['executionId']}"] if trigger["locked"] else parts)
