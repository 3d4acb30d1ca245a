"""Which tasks keep something under their ids."""

from __future__ import annotations

import pytest

from tests.lint.facts.reading import facts_of

_TASK = "tasks:\n  - id: install\n    type: io.kestra.plugin.core.flow.WorkingDirectory\n    {}\n    tasks: []\n"


@pytest.mark.parametrize(
    ("more", "kept"),
    [
        ("cache: {patterns: [a]}", True),
        ("taskCache: {enabled: true}", True),
        ("taskCache: {enabled: '{{ x }}'}", True),
        ("taskCache: {enabled: false}", False),
        ("cache: true", False),
        ("description: cache", False),
    ],
)
def test_a_cache_is_a_fact_unless_it_is_switched_off(more: str, kept: bool) -> None:
    found = facts_of(_TASK.format(more)).caches
    assert [each.id for each in found] == (["install"] if kept else [])
