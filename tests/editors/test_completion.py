"""What the YAML language server offers: every type after `type:`, and then what that type has and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.language.inputs.table import INPUT_TYPES
from tests.editors.flow_texts import HEAD, in_list, in_tasks, nested
from tests.editors.language_server import LanguageServer

pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("editors")]

LOG = "io.kestra.plugin.core.log.Log"
TASKS = sorted(catalogue().room("Task"))
SCRIPT = "id: t\ntype: io.kestra.plugin.scripts.shell.Commands\ncommands: [ls]\n"


def names(room: str, name: str) -> set[str]:
    """The properties of a type that are no old names of others."""
    kind = catalogue().room(room)[name]
    fields = kind.model_fields.values()
    deprecated = {
        f.alias for f in fields if isinstance(f.json_schema_extra, dict) and f.json_schema_extra.get("deprecated")
    }
    return {str(field.alias) for field in fields if field.alias not in deprecated} | set(kind.SYNONYMS)


@pytest.mark.parametrize("place", [in_tasks, nested])
def test_every_task_type_is_offered_at_every_depth(server: LanguageServer, place: Callable[[str], str]) -> None:
    assert sorted(server.labels(place("id: t\ntype: |"))) == TASKS


@pytest.mark.parametrize(
    ("text", "types"),
    [
        (in_list("triggers", "id: t\ntype: |"), catalogue().room("Trigger")),
        (in_list("inputs", "id: i\ntype: |"), INPUT_TYPES),
        (in_tasks(SCRIPT + "taskRunner:\n  type: |"), catalogue().room("TaskRunner")),
        (
            in_list("triggers", "id: t\ntype: io.kestra.plugin.core.trigger.Schedule\nconditions:\n  - type: |"),
            catalogue().room("Condition"),
        ),
        (in_tasks(f"id: t\ntype: {LOG}\nretry:\n  type: |"), ["constant", "exponential", "random"]),
    ],
    ids=["trigger", "input", "runner", "condition", "retry"],
)
def test_the_types_of_a_place_are_offered_there(server: LanguageServer, text: str, types: list[str]) -> None:
    assert sorted(server.labels(text)) == sorted(types)


def test_a_type_that_was_begun_is_still_offered(server: LanguageServer) -> None:
    assert sorted(server.labels(in_tasks("id: t\ntype: io.kestra.plugin.core.l|"))) == TASKS


def test_a_type_is_offered_with_its_page(server: LanguageServer) -> None:
    items = {item["label"]: item for item in server.completions(in_tasks("id: t\ntype: |"))}
    page = items[LOG]["documentation"]["value"]
    assert page.startswith("Write one line, or one line for each item of a list.")
    assert "```yaml\nid: hello" in page


def test_a_deprecated_type_says_so(server: LanguageServer) -> None:
    items = {item["label"]: item for item in server.completions(in_tasks("id: t\ntype: |"))}
    page = items["io.kestra.plugin.core.debug.Echo"]["documentation"]["value"]
    assert "**(deprecated)** use `io.kestra.plugin.core.log.Log`." in page


@pytest.mark.parametrize("place", [in_tasks, nested])
@pytest.mark.parametrize("name", [LOG, "io.kestra.plugin.core.http.Request", "io.kestra.plugin.scripts.python.Script"])
def test_only_the_properties_of_the_type_are_offered(
    server: LanguageServer, place: Callable[[str], str], name: str
) -> None:
    offered = set(server.labels(place(f"id: t\ntype: {name}\n|")))
    # The skeleton of the type is offered under its title.
    assert offered - {name.rpartition(".")[2]} == names("Task", name) - {"id", "type"}


def test_a_type_by_its_old_name_has_the_same_properties(server: LanguageServer) -> None:
    offered = server.labels(in_tasks("id: t\ntype: io.kestra.core.tasks.log.Log\n|"))
    assert set(offered) - {"Log"} == names("Task", LOG) - {"id", "type"}


def test_the_properties_of_a_trigger_are_offered(server: LanguageServer) -> None:
    offered = set(server.labels(in_list("triggers", "id: t\ntype: io.kestra.plugin.core.trigger.Webhook\n|")))
    assert offered - {"Webhook"} == names("Trigger", "io.kestra.plugin.core.trigger.Webhook") - {"id", "type"}


def test_without_a_type_the_usual_types_are_offered_whole(server: LanguageServer) -> None:
    items = {item["label"]: item for item in server.completions(in_tasks("|"))}
    assert {"id", "type", "Log", "Request"} <= set(items)
    assert "Echo" not in items
    assert not {"message", "uri"} & set(items)
    inserted = next(item["insertText"] for item in server.completions(in_tasks("|")) if item["label"] == "Log")
    assert inserted == f"id: ${{1:id}}\n  type: {LOG}\n  message: ${{2:message}}"


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("level: |", ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]),
        ("logLevel: |", ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]),
        ("allowFailure: |", ["true", "false"]),
        ("timeout: |", ["PT30S", "PT5M", "PT1H", "P1D"]),
    ],
)
def test_the_values_of_a_property_are_offered(server: LanguageServer, line: str, offered: list[str]) -> None:
    assert sorted(server.labels(in_tasks(f"id: t\ntype: {LOG}\nmessage: m\n{line}"))) == sorted(offered)


def test_the_properties_of_a_flow_are_offered(server: LanguageServer) -> None:
    offered = set(server.labels(f"{HEAD}|\n"))
    assert {"tasks", "triggers", "inputs", "errors", "finally", "afterExecution"} <= offered
    assert not {"taskDefaults", "listeners", "message"} & offered
