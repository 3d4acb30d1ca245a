"""What the YAML language server marks: mistakes at their place, nothing in what is right."""

from __future__ import annotations

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.catalog.descriptions import example
from tests.editors.flow_texts import in_list, in_tasks, nested
from tests.editors.language_server import LanguageServer

pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("editors")]

LOG = "id: t\ntype: io.kestra.plugin.core.log.Log\n"
REQUEST = "id: t\ntype: io.kestra.plugin.core.http.Request\nuri: http://a\n"
SCHEDULE = "id: t\ntype: io.kestra.plugin.core.trigger.Schedule\n"


def marks(server: LanguageServer, text: str) -> list[tuple[int, str]]:
    """What is marked: the number of the line from 1, and the words."""
    return [(found["range"]["start"]["line"] + 1, found["message"]) for found in server.diagnostics(text)]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (in_tasks(LOG + "message: m\nmesage: m"), [(7, "Property mesage is not allowed.")]),
        (nested(LOG + "message: m\nmesage: m"), [(17, "Property mesage is not allowed.")]),
        (in_tasks(LOG), [(4, 'Missing property "message".')]),
        (
            in_tasks(LOG + "message: m\nlogLevel: LOUD"),
            [(7, 'Value is not accepted. Valid values: "TRACE", "DEBUG", "INFO", "WARN", "ERROR".')],
        ),
        (in_tasks(LOG + "message: m\nallowFailure: maybe"), [(7, 'Incorrect type. Expected "boolean".')]),
        (in_tasks(LOG + "message: m\nlogLevel: INFO"), []),
        (in_tasks(REQUEST + "options:\n  followRedirects: '{{ inputs.follow }}'"), []),
        (
            in_tasks(
                "id: t\ntype: io.kestra.plugin.core.http.Request\nuri: '{{ inputs.u }}'\nmethod: '{{ inputs.m }}'"
            ),
            [],
        ),
        (in_tasks("id: t\ntype: io.kestra.core.tasks.log.Log\nmessage: m"), []),
        (
            in_tasks("id: t\ntype: io.kestra.core.tasks.log.Log\nmesage: m"),
            [(4, 'Missing property "message".'), (6, "Property mesage is not allowed.")],
        ),
        (
            in_list("triggers", SCHEDULE + "cron: '@daily'\nminLogLevel: INFO"),
            [(11, "`minLogLevel` is now `logLevel`")],
        ),
        (in_tasks(REQUEST + "allowFailed: true"), [(7, "use `options.allowFailed`")]),
        (in_list("inputs", "name: i\ntype: STRING"), [(8, "`name` is now `id`")]),
    ],
    ids=[
        *("unknown", "unknown-nested", "missing", "enum", "kind", "right", "boolean-expression", "enum-expression"),
        *("alias", "alias-wrong", "renamed", "deprecated", "renamed-required"),
    ],
)
def test_mistakes_are_marked_at_their_place(server: LanguageServer, text: str, marked: list[tuple[int, str]]) -> None:
    assert marks(server, text) == marked


def test_an_integer_may_be_an_expression(server: LanguageServer) -> None:
    task = "id: t\ntype: io.kestra.plugin.core.flow.ForEach\nvalues: [1]\nconcurrencyLimit: {}\ntasks:\n  - id: u\n"
    task += "    type: io.kestra.plugin.core.log.Log\n    message: m"
    assert marks(server, in_tasks(task.replace("{}", "2"))) == []
    assert marks(server, in_tasks(task.replace("{}", "two"))) != []


def test_an_unknown_type_is_marked_at_its_line(server: LanguageServer) -> None:
    found = marks(server, in_tasks("id: t\ntype: io.kestra.plugin.core.log.Lgo\nmessage: m"))
    assert [(line, "io.kestra.plugin.core.log.Log" in words) for line, words in found] == [(5, True)]


def test_a_deprecated_type_warns(server: LanguageServer) -> None:
    text = in_tasks("id: t\ntype: io.kestra.plugin.core.debug.Echo\nformat: m")
    assert [words for _, words in marks(server, text)] == ["use `io.kestra.plugin.core.log.Log`"]


def test_no_example_of_a_type_is_marked(server: LanguageServer) -> None:
    kinds = [kind for room in ("Task", "Trigger", "Condition") for kind in catalogue().room(room).values()]
    found = server.messages_of_all({kind.type_name(): example(kind) for kind in kinds})
    assert found == {kind.type_name(): [kind.DEPRECATED] if kind.DEPRECATED else [] for kind in kinds}
