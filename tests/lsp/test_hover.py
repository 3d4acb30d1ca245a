"""The word under the cursor is explained."""

from __future__ import annotations

import pytest
from lsprotocol import types

from gitops.lsp.hover import hover
from tests.lsp.flows import HEAD, around, opened

LOG = "io.kestra.plugin.core.log.Log"
SUBFLOW = "tasks:\n  - id: t\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: company.team\n"
CALLED = """\
id: called
namespace: company.team
inputs:
  - id: name
    type: STRING
outputs:
  - id: answer
    type: INT
    value: 1
"""
EXPRESSIONS = f"""\
inputs:
  - id: day
    type: DATE
    description: Which day.
tasks:
  - id: ask
    type: io.kestra.plugin.core.http.Request
    uri: https://example.com
  - id: say
    type: {LOG}
    message: |
      😀漢 """
FILES = {"company/team/called.yml": CALLED}


def page(text: str) -> str | None:
    """What is shown at a cursor."""
    found = hover(*opened(text), around(FILES))
    if found is None:
        return None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (f"tasks:\n  - id: t\n    type: {LOG[:-3]}¦Log", "Write one line, or one line for each item of a list."),
        ("tasks:\n  - id: t\n    type: io.kestra.core.tasks.log.¦Log", f"**{LOG}**"),
        ("tasks:\n  - id: t\n    type: io.kestra.plugin.core.http.¦Request", "- `code`: an integer. The HTTP status."),
        (f"tasks:\n  - id: t\n    type: {LOG}\n    time¦out: PT1M", "How long one attempt may take."),
        (f"tasks:\n  - id: t\n    type: {LOG}\n    mess¦age: m", "What to write"),
        (f"tasks:\n  - id: t\n    type: {LOG}\n    level: WA¦RN", "How loud"),
        ("inputs:\n  - id: i\n    type: STR¦ING", "Text, as it is given."),
        ("ta¦sks: []", "The tasks, run in order."),
        (
            "triggers:\n  - id: s\n    type: io.kestra.plugin.core.trigger.Schedule\n    cron: 0 9 ¦* * 1",
            "At 09:00 on Monday",
        ),
        (f"{SUBFLOW}    flowId: cal¦led", "- `name`: STRING, required"),
        (f"{SUBFLOW}    flowId: cal¦led", "- `answer`: INT"),
        (f"{SUBFLOW}    flowId: called\n    inputs:\n      na¦me: x", "`name`: STRING, required"),
        (f"{EXPRESSIONS}{{{{ inputs.d¦ay }}}}", "`inputs.day`: DATE\n\nWhich day."),
        (f"{EXPRESSIONS}{{{{ outputs['as¦k'].code }}}}", "`outputs.ask`: Request"),
        (f"{EXPRESSIONS}{{{{ outputs['ask'].co¦de }}}}", "`outputs.ask.code`: an integer\n\nThe HTTP status."),
        (f"{EXPRESSIONS}{{{{ now() | date¦Add(1, 'DAYS') }}}}", "`dateAdd(amount, unit, format?"),
        (f"{EXPRESSIONS}{{{{ sec¦ret('K') }}}}", "The secret of that name."),
        (f"{EXPRESSIONS}{{{{ inputs.day is def¦ined }}}}", "`defined`"),
        (f"{EXPRESSIONS}{{{{ flow.i¦d }}}}", "The id of the flow."),
        (f"{EXPRESSIONS}{{% for x in [1] %}}{{{{ x¦ }}}}{{% endfor %}}", "A variable of this text."),
    ],
)
def test_what_is_known_is_said(place: str, said: str) -> None:
    found = page(f"{HEAD}{place}")
    assert found is not None
    assert said in found


def test_a_word_of_an_expression_is_marked() -> None:
    there, offset = opened(f"{HEAD}{EXPRESSIONS}{{{{ inputs.d¦ay }}}}")
    found = hover(there, offset, around())
    assert found is not None
    assert found.range is not None
    assert there.text[there.offset(found.range.start) : there.offset(found.range.end)] == "day"


def test_the_word_is_marked() -> None:
    found = hover(*opened(f"{HEAD}lab¦els: {{}}"), around())
    assert found is not None
    assert found.range == types.Range(types.Position(2, 0), types.Position(2, 6))


def test_a_page_is_shown_while_another_line_is_broken() -> None:
    assert page(f'{HEAD}description: "broken\ntasks:\n  - id: t\n    type: {LOG}\n    time¦out: PT1M\n') is not None


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}tasks:\n ¦ - id: t\n",
        f"{HEAD}tasks:\n  - id: t\n    type: not.kn¦own\n",
        f"{HEAD}tasks:\n  - id: t\n    type: {LOG}\n    message: he¦llo\n",
        f"{HEAD}not_kn¦own: x\n",
        "services:\n  we¦b: x\n",
        "¦",
        f"{SUBFLOW}    flowId: miss¦ing",
        f"{HEAD}{EXPRESSIONS}{{{{ outputs.ask.nothi¦ng }}}}",
        f"{HEAD}{EXPRESSIONS}{{{{ inputs.day }}}} da¦y",
    ],
)
def test_nothing_is_said_of_what_is_not_known(text: str) -> None:
    assert page(text) is None
