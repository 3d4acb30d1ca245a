"""Values are offered: types with what they need, choices, and names of what stands elsewhere."""

from __future__ import annotations

import pytest
from lsprotocol import types

from tests.lsp.flows import HEAD, chosen, items, labels

LOG = "io.kestra.plugin.core.log.Log"
TASK = f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    message: m\n"
OTHERS = {
    "company/data/b.yml": "id: b\nnamespace: company.data\ntasks: []\n",
    "company/team/c.yml": "id: c\nnamespace: company.team\ntasks: []\n",
}


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}tasks:\n  - id: t\n    type: ¦",
        f"{HEAD}tasks:\n  - id: t\n    type: io.kes¦",
        f"{HEAD}tasks:\n  - type: ¦\n    id: t\n",
        f"{HEAD}tasks:\n  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n      - type: ¦",
    ],
)
def test_the_types_of_tasks_are_offered(text: str) -> None:
    offered = labels(text)
    assert {LOG, "io.kestra.plugin.core.http.Request"} <= offered
    assert "io.kestra.plugin.core.trigger.Schedule" not in offered


def test_a_type_brings_what_it_needs() -> None:
    text = f"{HEAD}tasks:\n  - id: t\n    type: ¦"
    assert chosen(text, LOG) == f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    message: $1"


def test_what_is_there_is_not_brought_again() -> None:
    text = f"{HEAD}tasks:\n  - id: t\n    type: ¦\n    message: m\n"
    assert chosen(text, LOG) == f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    message: m\n"


def test_an_old_type_is_marked() -> None:
    echo = items(f"{HEAD}tasks:\n  - id: t\n    type: ¦")["io.kestra.plugin.core.debug.Echo"]
    assert echo.tags == [types.CompletionItemTag.Deprecated]


@pytest.mark.parametrize(
    ("place", "offered"),
    [
        ("triggers:\n  - id: s\n    type: ¦", {"io.kestra.plugin.core.trigger.Schedule"}),
        ("inputs:\n  - id: i\n    type: ¦", {"STRING", "INT", "SELECT"}),
        (f"tasks:\n  - id: t\n    type: {LOG}\n    level: ¦", {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"}),
        (f"tasks:\n  - id: t\n    type: {LOG}\n    disabled: ¦", {"true", "false"}),
        (f"tasks:\n  - id: t\n    type: {LOG}\n    timeout: ¦", {"PT30S", "PT5M", "PT1H", "P1D"}),
        (f"tasks:\n  - id: t\n    type: {LOG}\n    retry:\n      type: ¦", {"constant", "exponential", "random"}),
    ],
)
def test_the_choices_of_a_place_are_offered(place: str, offered: set[str]) -> None:
    assert offered <= labels(f"{HEAD}{place}")


def test_a_text_has_no_choices() -> None:
    assert labels(f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    message: ¦") == set()


def test_time_zones_are_offered() -> None:
    schedule = "type: io.kestra.plugin.core.trigger.Schedule\n    cron: '@daily'\n    timezone: ¦"
    assert "Europe/Berlin" in labels(f"{HEAD}triggers:\n  - id: s\n    {schedule}")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("namespace: ¦", {"company.data", "company.team"}),
        ("namespace: company.data\n    flowId: ¦", {"b"}),
        ("flowId: ¦", {"b", "c"}),
        ("flowId: ¦\n    namespace: company.team", {"c"}),
    ],
)
def test_other_flows_are_offered(line: str, offered: set[str]) -> None:
    task = f"tasks:\n  - id: t\n    type: io.kestra.plugin.core.flow.Subflow\n    {line}"
    assert labels(f"{HEAD}{task}", OTHERS) == offered


INPUTS = (
    "inputs:\n  - id: a\n    type: STRING\n  - id: b\n    type: STRING\n  - id: c\n    type: STRING\n    dependsOn:\n"
)


@pytest.mark.parametrize("place", ["      inputs:\n        - ¦", "      inputs: [¦", "      inputs: [a, ¦]"])
def test_the_other_inputs_are_offered(place: str) -> None:
    assert labels(f"{HEAD}{INPUTS}{place}") == {"a", "b"}


def test_the_other_tasks_of_a_dag_are_offered() -> None:
    tasks = "".join(f"      - task:\n          id: {name}\n          type: {LOG}\n" for name in "xyz")
    head = "tasks:\n  - id: d\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n"
    dag = f"{head}{tasks}        dependsOn:\n          - ¦"
    assert labels(f"{HEAD}{dag}") == {"x", "y"}


def test_a_flow_is_called_as_its_file_and_belongs_where_its_neighbours_do() -> None:
    assert labels("id: ¦", OTHERS) == {"asked"}
    found = items("id: asked\nnamespace: ¦", OTHERS)
    assert {name: item.sort_text for name, item in found.items()} == {
        "company.team": "0company.team",
        "company.data": "1company.data",
    }


def test_the_types_that_may_have_defaults_are_offered() -> None:
    text = f"{HEAD}pluginDefaults:\n  - type: ¦"
    assert {LOG, "io.kestra.plugin.core.trigger.Schedule"} <= labels(text)
    assert chosen(text, LOG) == f"{HEAD}pluginDefaults:\n  - type: {LOG}"


def test_the_properties_of_the_type_are_offered_as_defaults() -> None:
    default = f"{HEAD}pluginDefaults:\n  - type: {LOG}\n    values:\n      ¦"
    assert {"message", "level", "timeout"} <= labels(default)
    assert {"TRACE", "WARN"} <= labels(default.replace("¦", "level: ¦"))
