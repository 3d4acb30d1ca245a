"""The cron expressions of a flow's triggers, in their five fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gitops.language.position import Path
from gitops.lint.members import triggers

if TYPE_CHECKING:
    from gitops.lint.subject import Subject

_FIELDS = 5


def crons(subject: Subject) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The path and the fields of every cron expression that is written down; a field for seconds is left out."""
    for trigger in triggers(subject, "io.kestra.plugin.core.trigger.Schedule"):
        cron = trigger.data.get("cron")
        fields = tuple(cron.split()) if isinstance(cron, str) and "{{" not in cron else ()
        if len(fields) in (_FIELDS, _FIELDS + 1):
            yield (*trigger.path, "cron"), fields[-_FIELDS:]
