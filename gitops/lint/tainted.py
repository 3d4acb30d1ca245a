"""The values in a text of a flow that somebody outside may choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gitops.lint.expressions.references import Reference, read
from gitops.lint.expressions.taint import Outside, Source
from gitops.lint.expressions.uses import Use

if TYPE_CHECKING:
    from gitops.lint.subject import Subject


def tainted(subject: Subject, use: Use) -> Iterator[tuple[Reference, Source]]:
    """Every such value of one text, with where it comes from."""
    outside, reading = _outside(subject), read(use.text)
    for reference in reading.references:
        source = outside.source(reference, reading)
        if source is not None:
            yield reference, source


def _outside(subject: Subject) -> Outside:
    tasks = {task.id: subject.kinds.today(task.type) for task in subject.outline.tasks if task.id and task.type}
    triggers = {
        subject.kinds.today(trigger.type): trigger.path
        for trigger in reversed(subject.outline.triggers)
        if trigger.type
    }
    return Outside(subject.outline, tasks, triggers, subject.whole)
