"""Whatever is typed and wherever the cursor is: every request is answered, and soon."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import converters, types

from gitops.errors import GitopsError
from gitops.lint.schema.shipped import load_schema
from gitops.lint.source import Options, SourceFile
from gitops.lsp.findings import published
from gitops.lsp.requests import REQUESTS
from gitops.lsp.session import Session
from gitops.lsp.work_tree import TreeFiles, survey

FLOW = """\
id: 漢字
namespace: company.team
inputs:
  - id: day
    type: STRING
  - {id: rows.count, type: INT, defaults: 1, dependsOn: {inputs: [day]}}
variables:
  v: "😀 {{ inputs.day }}"
tasks:
  - id: first
    type: io.kestra.plugin.core.http.Request
    uri: "{{ vars.v }}{% for x in [1, 2] %}{{ x }}{% endfor %}"
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: "{{ outputs.first.body | jq('.a') }}"
    tasks:
      - id: call
        type: io.kestra.plugin.core.flow.Subflow
        namespace: company.team
        flowId: other
        inputs:
          name: "{{ taskrun.value ?? inputs['rows'].count }}"
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: |
      {{ outputs.each.outputs.call[0].outputs.answer }}
triggers:
  - id: daily
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 9 * * *"
"""
OTHER = "id: other\nnamespace: company.team\ninputs:\n  - id: name\n    type: STRING\ntasks: []\n"
PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n    ",
            "  - ",
            ": ",
            "{{ ",
            " }}",
            "{% if ",
            "outputs.",
            "inputs['",
            "|",
            "x",
            '"',
            "'",
            "[",
            "{",
            "}",
        ),
        *(
            "#",
            "&a",
            "*a",
            "!!x",
            "\t",
            "\r",
            "\r\n",
            "\u2028",
            "\x85",
            "\x00",
            "😀",
            "漢",
            "id: first",
            "tasks:",
            "type: ",
        ),
        *("io.kestra.plugin.core.flow.Subflow", "---", "- - ", "\ud800", "flowId: other", ".", "???", "(", "vars."),
    ]
)
NUMBERS = st.integers(0, 45)
EDITS = st.lists(st.tuples(NUMBERS, NUMBERS, st.integers(0, 2), st.integers(0, 12), PIECES), max_size=6)
PLACE = st.tuples(NUMBERS, NUMBERS)


def session() -> Session:
    """An editor with the flow open and another one beside it."""
    made = Session(load_schema())
    tree = made.add_folder(Path("/").as_uri())
    assert tree is not None
    files = [SourceFile("flow.yml", FLOW.encode()), SourceFile("other.yml", OTHER.encode())]
    made.take(tree, TreeFiles(files, Options(root="", complete=True), "/"))
    tree.seen = survey(tree.files, {}, made.schema)
    return made


SESSION = session()
URI = Path("/flow.yml").as_uri()
CONVERTER = converters.get_converter()


def asked(method: str, line: int, character: int) -> object:
    """The request of a method at a place."""
    place = {"line": line, "character": character}
    fields = {
        "textDocument": {"uri": URI},
        "position": place,
        "range": {"start": {"line": 0, "character": 0}, "end": place},
        "context": {"diagnostics": [], "includeDeclaration": True, "triggerKind": 1},
        "newName": "other_name",
        "query": "o",
    }
    message = types.METHOD_TO_TYPES[method][0]
    return CONVERTER.structure({"id": 1, "jsonrpc": "2.0", "method": method, "params": fields}, message).params


@settings(max_examples=120, deadline=10_000, suppress_health_check=[HealthCheck.too_slow])
@given(EDITS, PLACE)
def test_everything_is_answered_everywhere(edits: list[tuple[int, int, int, int, str]], place: tuple[int, int]) -> None:
    SESSION.open(URI, FLOW, 0)
    for version, (line, character, lines, width, text) in enumerate(edits):
        stretch = types.Range(types.Position(line, character), types.Position(line + lines, character + width))
        SESSION.edit(URI, [types.TextDocumentContentChangePartial(stretch, text)], version + 1)
    document = SESSION.documents[URI]
    published(document, SESSION.findings(document), SESSION.around(document))
    for line, character in (place, (edits[-1][0], edits[-1][1] + 1) if edits else place):
        for method, request in REQUESTS.items():
            CONVERTER.unstructure(answer(request.answer, asked(method, line, character)))


def answer(act: object, request: object) -> object:
    """What is answered; a refusal is an answer too."""
    assert callable(act)
    try:
        return act(SESSION, request)
    except GitopsError:
        return None
