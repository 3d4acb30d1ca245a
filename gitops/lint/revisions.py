"""The flows that differ from what they were at the base revision."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.repository import FlowFile, Former, Repository


def changed_flows(repository: Repository) -> Iterator[tuple[FlowFile, Former]]:
    """Every flow that is told of, was there before and is not the same now, wherever its file was."""
    for file in repository.touched:
        former = None if file.file.context else repository.was(file.facts.key)
        if former is not None and former.facts != file.facts:
            yield file, former
