"""Another name is written everywhere, in the way that its place asks for; bad names are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from gitops.language.document import parse
from gitops.lsp.documents import OpenDocument
from gitops.lsp.navigation import references
from gitops.lsp.rename import Refusal, renamable, rename
from tests.lsp.flows import CURSOR, NOTHING, around, document, opened

LOG = "io.kestra.plugin.core.log.Log"
SUBFLOW = "io.kestra.plugin.core.flow.Subflow"
FLOW = f"""\
id: asked
namespace: company.team
inputs:
  - id: day
    type: STRING
  - id: rows.count
    type: INT
variables:
  greeting: "😀 {{{{ inputs.day }}}}"
tasks:
  - id: say
    type: {LOG}
    message: '{{{{ outputs.say.value }}}} {{{{ inputs["rows"].count }}}} {{{{ vars.greeting }}}}'
  - id: "more"
    type: {LOG}
    message: |
      {{{{ outputs . say [ 'value' ] }}}} {{{{ x[inputs.rows.count] }}}}
  - id: last
    type: {LOG}
    message: "{{{{ outputs.more.value }}}} {{{{ outputs['say'].value }}}}"
"""
CALLER = f"""\
id: caller
namespace: company.team
tasks:
  - id: call
    type: {SUBFLOW}
    namespace: company.team
    flowId: asked
    inputs:
      day: monday
"""


def made(there: OpenDocument, edits: Mapping[str, Sequence[types.TextEdit]] | None) -> str:
    """The text after the edits of a document."""
    assert edits is not None
    text = there.text
    for edit in sorted(edits.get(there.uri, []), key=lambda edit: edit.range.start, reverse=True):
        start, end = there.offset(edit.range.start), there.offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


def renamed(before: str, name: str, files: Mapping[str, str] = NOTHING, text: str = FLOW) -> str:
    """The flow after what stands behind some words has got another name."""
    assert before in text
    there, offset = opened(text.replace(before, before + CURSOR, 1))
    edit = rename(there, offset, around(files), name)
    assert edit is not None
    return made(there, edit.changes)


@pytest.mark.parametrize(
    ("before", "name", "lines"),
    [
        (
            "- id: sa",
            "told",
            ["{{ outputs.told.value }}", "{{ outputs . told [ 'value' ] }}", "{{ outputs['told'].value }}"],
        ),
        (
            "- id: sa",
            "say-it",
            ['{{ outputs["say-it"].value }}', "{{ outputs ['say-it'] [ 'value' ] }}", "outputs['say-it'].value"],
        ),
        ("outputs.sa", "told", ["- id: told"]),
        ('id: "mo', "less", ['- id: "less"', "{{ outputs.less.value }}"]),
        ("- id: da", "when", ["😀 {{ inputs.when }}"]),
        ("- id: rows", "cells", ["- id: cells", "{{ inputs.cells }}", "{{ x[inputs.cells] }}"]),
        ("- id: rows", "a.b-c", ['{{ inputs.a["b-c"] }}', "{{ x[inputs.a['b-c']] }}"]),
        ("vars.greet", "hello", ['  hello: "😀', "{{ vars.hello }}"]),
        ("vars.greet", "hello-you", ['  hello-you: "😀', '{{ vars["hello-you"] }}']),
        ("- id: sa", "123", ['- id: "123"', '{{ outputs["123"].value }}']),
        ("- id: sa", "no", ['- id: "no"', "{{ outputs.no.value }}"]),
    ],
)
def test_a_name_is_written_as_its_place_asks_for(before: str, name: str, lines: list[str]) -> None:
    text = renamed(before, name)
    assert all(line in text for line in lines), text
    assert parse(text).problems == ()


def test_what_stays_the_same_name_is_not_touched() -> None:
    assert renamed("- id: sa", "told").count("say") == 0
    assert "more" in renamed("- id: sa", "told")


def test_back_and_forth_is_the_same_flow() -> None:
    text = renamed("- id: sa", "told")
    assert renamed("- id: to", "say", text=text) == FLOW


@pytest.mark.parametrize(
    ("before", "name", "line"),
    [("id: ask", "other", "    flowId: other\n"), ("- id: da", "night", "      night: monday\n")],
)
def test_other_files_follow(before: str, name: str, line: str) -> None:
    files = {"company/team/caller.yml": CALLER}
    there, offset = opened(FLOW.replace(before, before + CURSOR, 1))
    edit = rename(there, offset, around(files), name)
    assert edit is not None
    assert line in made(document(CALLER, "company/team/caller.yml"), edit.changes)


@pytest.mark.parametrize(
    ("before", "name", "why"),
    [
        ("- id: sa", "a b", "`a b` is no id of a task: expected letters, digits"),
        ("- id: sa", "", "no id of a task"),
        ("- id: sa", "a.b", "no id of a task"),
        ("- id: sa", "x" * 257, "at most 256"),
        ("- id: sa", "more", "there is a task `more` already"),
        ("- id: da", "rows.count", "there is an input `rows.count` already"),
        ("id: ask", "ä", "no id of a flow"),
        ("vars.greet", "a'b", "a variable cannot be called"),
        ("vars.greet", "a\n", "a variable cannot be called"),
    ],
)
def test_a_bad_name_is_refused(before: str, name: str, why: str) -> None:
    with pytest.raises(Refusal, match=why.replace("`", ".")):
        renamed(before, name)


def test_what_can_be_renamed_is_shown_first() -> None:
    there, offset = opened(FLOW.replace("outputs.sa", f"outputs.sa{CURSOR}", 1))
    shown = renamable(there, offset, around())
    assert shown is not None
    assert shown.placeholder == "say"
    assert there.text[there.offset(shown.range.start) : there.offset(shown.range.end)] == "say"


@pytest.mark.parametrize("before", ["type: io", "namespace: comp", "{{ out"])
def test_other_words_cannot_be_renamed(before: str) -> None:
    there, offset = opened(FLOW.replace(before, before + CURSOR, 1))
    assert renamable(there, offset, around()) is None
    assert rename(there, offset, around(), "x") is None


@settings(max_examples=60, deadline=None)
@given(st.from_regex(r"[a-zA-Z0-9][a-zA-Z0-9_-]{0,8}", fullmatch=True))
def test_a_new_name_has_as_many_places_as_the_old_one(name: str) -> None:
    if name in ("more", "last", "say"):
        return
    text = renamed("- id: sa", name)
    there = document(text)
    offset = text.index("id: ", text.index("tasks:")) + 4 + text[text.index("tasks:") :].startswith("x")
    places = references(there, offset + (text[offset] == '"'), around())
    assert len(places) == len(references(*opened(FLOW.replace("- id: sa", f"- id: sa{CURSOR}", 1)), around()))
