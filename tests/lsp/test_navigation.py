"""From a name to where it is given, and to everywhere it is used."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from lsprotocol import types

from gitops.lsp.links import links
from gitops.lsp.navigation import definition, highlights, references
from tests.lsp.flows import CURSOR, around, document, opened

LOG = "io.kestra.plugin.core.log.Log"
CALLED = """\
id: called
namespace: company.team
inputs:
  - id: name
    type: STRING
outputs:
  - id: answer
    type: INT
    value: "{{ inputs.name | length }}"
"""
FILES = {"company/team/called.yml": CALLED}

FLOW = """\
id: asked
namespace: company.team
inputs:
  - id: day
    type: STRING
  - id: rows.count
    type: INT
    dependsOn:
      inputs: [day]
variables:
  greeting: "😀漢 {{ inputs.day }}"
tasks:
  - id: say-it
    type: io.kestra.plugin.core.debug.Return
    format: "{{ vars.greeting }} {{ inputs['rows'].count }}"
  - id: set
    type: io.kestra.plugin.core.execution.SetVariables
    variables:
      greeting: x
  - id: dag
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - task:
          id: first
          type: io.kestra.plugin.core.log.Log
          message: "{{ outputs['say-it'].value }}"
      - task:
          id: second
          type: io.kestra.plugin.core.log.Log
          message: |
            {% for greeting in [1] %}{{ greeting }}{% endfor %}
            {{ outputs['say-it'].value ?? vars.greeting }}
        dependsOn: [first]
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: called
    inputs:
      name: "{{ inputs.day }}"
  - id: last
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.call.outputs.answer }}"
triggers:
  - id: daily
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "@daily"
    inputs:
      day: monday
"""


def at(before: str) -> str:
    """The flow with the cursor behind the first place of some words."""
    assert before in FLOW
    return FLOW.replace(before, before + CURSOR, 1)


def shown(places: Iterable[types.Location]) -> list[str]:
    """Each place as `file:line: words`."""
    texts = {"asked.yml": FLOW, "called.yml": CALLED}
    found = []
    for place in places:
        name = place.uri.rpartition("/")[2]
        there = document(texts[name])
        words = there.text[there.offset(place.range.start) : there.offset(place.range.end)]
        found.append(f"{name}:{place.range.start.line + 1}: {words}")
    return found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("outputs['sa", ["asked.yml:13: say-it"]),
        ("{{ inputs.da", ["asked.yml:4: day"]),
        ("inputs['ro", ["asked.yml:6: rows.count"]),
        ("inputs['rows'].co", ["asked.yml:6: rows.count"]),
        ("{{ vars.gree", ["asked.yml:11: greeting"]),
        ("inputs: [da", ["asked.yml:4: day"]),
        ("dependsOn: [fir", ["asked.yml:24: first"]),
        ("flowId: cal", ["called.yml:1: called"]),
        ("      nam", ["called.yml:4: name"]),
        ("outputs.call.outputs.ans", ["called.yml:7: answer"]),
        ("      greet", ["asked.yml:11: greeting"]),
        ("    inputs:\n      da", ["asked.yml:4: day"]),
        ("- id: say", ["asked.yml:13: say-it"]),
    ],
)
def test_a_name_leads_to_where_it_is_given(before: str, found: list[str]) -> None:
    assert shown(definition(*opened(at(before)), around(FILES))) == found


@pytest.mark.parametrize("before", ["{% for greet", "}{{ greet", "type: io", 'message: "{{ outp', "cron"])
def test_other_words_lead_nowhere(before: str) -> None:
    assert definition(*opened(at(before)), around(FILES)) == []


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("- id: say", ["13: say-it", "26: 'say-it'", "32: 'say-it'"]),
        ("- id: da", ["4: day", "9: day", "11: day", "39: day", "48: day"]),
        ("  greet", ["11: greeting", "15: greeting", "19: greeting", "32: greeting"]),
        ("- id: rows", ["6: rows.count", "15: 'rows'].count"]),
    ],
)
def test_a_name_is_found_everywhere(before: str, found: list[str]) -> None:
    assert shown(references(*opened(at(before)), around(FILES))) == [f"asked.yml:{each}" for each in found]


def test_callers_in_other_files_are_found() -> None:
    text = CALLED.replace("id: name", f"id: na{CURSOR}me")
    there, offset = opened(text)
    there = document(there.text, "company/team/called.yml")
    files = {"company/team/asked.yml": FLOW, **FILES}
    assert shown(references(there, offset, around(files))) == [
        "called.yml:4: name",
        "called.yml:9: name",
        "asked.yml:39: name",
    ]


def test_the_declaration_may_be_left_out() -> None:
    found = references(*opened(at("- id: say")), around(), declaration=False)
    assert len(found) == 2


def test_the_same_name_is_highlighted() -> None:
    there, offset = opened(at("- id: say"))
    kinds = [each.kind for each in highlights(there, offset, around())]
    assert kinds == [types.DocumentHighlightKind.Write, *[types.DocumentHighlightKind.Read] * 2]


def test_a_called_flow_is_a_link_to_its_file() -> None:
    [link] = links(document(FLOW), around(FILES))
    assert link.target is not None
    assert link.target.endswith("/company/team/called.yml")
    assert link.range.start.line == 36


def test_a_namespace_file_is_a_link_too() -> None:
    text = "id: a\nnamespace: b\ntasks:\n  - id: t\n    type: x\n    message: \"😀 {{ read('sql/orders.sql') }}\"\n"
    there = document(text)
    [link] = links(there, around({"_files/sql/orders.sql": "", "other/rows.sql": ""}))
    assert link.target == "file:///flows/_files/sql/orders.sql"
    assert there.text[there.offset(link.range.start) : there.offset(link.range.end)] == "sql/orders.sql"
    assert links(there, around({"a/sql/orders.sql": "", "b/sql/orders.sql": ""})) == []
