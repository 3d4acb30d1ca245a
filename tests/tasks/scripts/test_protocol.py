"""The `::{…}::` lines of scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.language.scalars import Level
from gitops.tasks.scripts.protocol import Said, read_line


def said(line: str) -> Said:
    found = read_line(line)
    assert found is not None
    return found


@pytest.mark.parametrize("line", ["hello", "::not json::x", " ::{}::", "::{}:: more", "::{}", "{}::", ""])
def test_an_ordinary_line_says_nothing(line: str) -> None:
    assert read_line(line) is None


def test_outputs_are_read() -> None:
    assert said('::{"outputs":{"rows":3,"files":["a"]}}::').outputs == {"rows": 3, "files": ["a"]}


def test_logs_are_read_and_an_unknown_level_is_info() -> None:
    logs = said('::{"logs":[{"level":"warn","message":"w"},{"level":"loud","message":1},{}]}::').logs
    assert logs is not None
    assert [(entry.level, entry.message) for entry in logs] == [
        (Level.WARN, "w"),
        (Level.INFO, "1"),
        (Level.INFO, ""),
    ]


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        ('{"type":"counter","name":"rows","value":3}', 3.0),
        ('{"type":"gauge","name":"free","value":0.5,"tags":{"disk":"a"}}', 0.5),
        ('{"type":"timer","name":"load","value":1.5}', timedelta(seconds=1.5)),
        ('{"type":"timer","name":"load","value":"PT1M"}', timedelta(minutes=1)),
    ],
)
def test_metrics_are_numbers_and_durations(metric: str, value: object) -> None:
    metrics = said(f'::{{"metrics":[{metric}]}}::').metrics
    assert metrics is not None
    assert [each.value for each in metrics] == [value]


def test_assets_and_what_is_not_known_are_let_through() -> None:
    assert said('::{"assets":{"id":"table"},"later":1,"outputs":null}::') == Said(assets={"id": "table"})


@pytest.mark.parametrize(
    "line",
    [
        "::{broken}::",
        '::{"outputs": 3}::',
        '::{"logs": "text"}::',
        '::{"logs": [3]}::',
        '::{"metrics": [{"type":"sum","name":"a","value":1}]}::',
        '::{"metrics": [{"type":"timer","name":"a","value":"a while"}]}::',
        '::{"outputs":' + "[" * 5000 + "]" * 5000 + "}::",
    ],
    ids=range(7),
)
def test_a_line_that_cannot_be_read_is_an_error(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the JSON reader's
        read_line(line)
