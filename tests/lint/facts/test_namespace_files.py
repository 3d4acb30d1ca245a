"""Which files of its namespace a flow reads."""

from __future__ import annotations

import pytest

from gitops.lint.facts.namespace_files import FileUse
from tests.lint.facts.reading import facts_of

_PATH = ("tasks", 0, "message")
_TASK = """\
tasks:
  - id: show
    type: io.kestra.plugin.core.log.Log
    message: {}
"""


def uses(message: str) -> list[FileUse]:
    return list(facts_of(_TASK.format(message)).file_uses)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{{ read('a.sql') }}", "a.sql"),
        ('{{ fileURI(\\"deep/a.sql\\") | upper }}', "deep/a.sql"),
        ("before {{ read('/a.sql', namespace='other') }}", "a.sql"),
        ("{{ read('nsfile:///a.sql') }}", "a.sql"),
        ("{% set x = read('a.sql') %}{{ x }}", "a.sql"),
    ],
)
def test_a_plain_name_is_a_file_with_its_place(text: str, name: str) -> None:
    [found] = uses(f'"{text}"')
    plain = text.replace("\\", "")
    assert found == FileUse(_PATH, name, start=plain.index(name), end=plain.index(name) + len(name))


@pytest.mark.parametrize(
    "text",
    [
        "{{ read(inputs.x) }}",
        "{{ read('kestra:///a') }}",
        "{{ read() }}",
        "{{ read('') }}",
        "{{ read(3) }}",
        "{{ read('a' ~ 'b') }}",
        "{{ read('a'",
        "read('a')",
        "{{ fileExists('a') ? read('a') : '' }}",
        "{{ spread('a') }}",
    ],
)
def test_other_texts_name_no_file(text: str) -> None:
    assert uses(f'"{text}"') == []


def test_a_name_with_escapes_has_the_place_of_the_whole_literal() -> None:
    [found] = uses("|\n      {{ read('a\\'b') }}")
    assert (found.name, found.start, found.end) == ("a'b", 8, 14)


@pytest.mark.parametrize(
    ("loading", "names"),
    [
        ("{include: [a.sql, '/b/*.py', 'glob:c/**']}", ["a.sql", "b/*.py", "c/**"]),
        ("{include: ['{{ inputs.x }}', 'regex:.*', 3]}", []),
        ("{enabled: false, include: [a.sql]}", []),
        ("{enabled: true}", []),
        ("{include: a.sql}", []),
        ("true", []),
    ],
)
def test_patterns_are_those_of_include(loading: str, names: list[str]) -> None:
    text = _TASK.format("Hello") + f"    namespaceFiles: {loading}\n"
    found = facts_of(text).file_uses
    assert [each.name for each in found] == names
    assert all(each.pattern and each.end == 0 for each in found)


def test_a_disabled_task_loads_nothing() -> None:
    text = _TASK.format("Hello") + "    disabled: true\n    namespaceFiles: {include: [a.sql]}\n"
    assert facts_of(text).file_uses == ()


def test_tasks_that_write_files_are_known() -> None:
    assert not facts_of(_TASK.format("Hello")).writes_files
    upload = "tasks:\n  - id: up\n    type: io.kestra.plugin.core.namespace.UploadFiles\n    namespace: a\n"
    assert facts_of(upload).writes_files
