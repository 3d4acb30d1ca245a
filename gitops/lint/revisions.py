"""The flows that differ from what they were at the base revision."""

from __future__ import annotations

from collections.abc import Iterator

from gitops.lint.repository import FlowFile, Former, Repository


def changed_flows(repository: Repository) -> Iterator[tuple[FlowFile, Former]]:
    """Every flow that is told of, was there before and is not the same now, wherever its file was."""
    for file in repository.files:
        key = file.facts.key
        former = repository.former.get(key) if key is not None and not file.file.context else None
        if former is not None and former.facts is not file.facts and former.facts != file.facts:
            yield file, former
