"""A whole session of a real editor with the real server."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.client import ENOUGH, at, editor

LOG = "io.kestra.plugin.core.log.Log"
FLOW = f"id: greet\nnamespace: company.team\ntasks:\n  - id: hello\n    type: {LOG}\n    message: hi\n"
CALLER = """\
id: caller
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: greet
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with two flows, one of which calls the other."""
    top = tmp_path / "flows with ä blank"
    (top / "company/team").mkdir(parents=True)
    (top / "company/team/greet.yml").write_text(FLOW)
    (top / "company/team/caller.yml").write_text(CALLER)
    subprocess.run(["git", "init", "-q", top], check=True)
    return top


def replaced(
    line: int, start: int, end: int, text: str, end_line: int | None = None
) -> types.TextDocumentContentChangePartial:
    """A change of a stretch."""
    last = line if end_line is None else end_line
    return types.TextDocumentContentChangePartial(
        types.Range(types.Position(line, start), types.Position(last, end)), text
    )


def test_a_flow_is_written(folder: Path) -> None:
    async def story() -> None:
        async with editor(folder) as (client, begun):
            assert begun.server_info is not None
            assert begun.server_info.name == "gitops"
            uri = client.open(folder / "company/team/new.yml", "")
            client.change(uri, 2, types.TextDocumentContentChangeWholeDocument(FLOW.replace("greet", "new")))
            assert await client.rules(uri, 2) == []
            client.change(uri, 3, replaced(5, 4, 11, "mesage"))
            assert await client.rules(uri, 3) == ["missing-property", "unknown-property"]
            page = await client.text_document_hover_async(types.HoverParams(**at(uri, 4, 15)))  # type: ignore[arg-type]  # a place
            assert page is not None
            assert "Write one line" in str(page.contents)
            offered = await client.text_document_completion_async(types.CompletionParams(**at(uri, 5, 7)))  # type: ignore[arg-type]  # a place
            assert isinstance(offered, list | tuple)
            assert "message" in [item.label for item in offered]
            client.change(uri, 4, replaced(5, 4, 10, "message"))
            assert await client.rules(uri, 4) == []
            client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
            await client.until(lambda: client.told[uri].version is None or None)
            assert client.sentences == []

    asyncio.run(story())


def test_places_count_as_the_editor_counts(folder: Path) -> None:
    text = f"id: new\nnamespace: company.team\ntasks:\n  - {{id: '😀漢', type: {LOG}, message: '😀', mesage: x}}\n"
    line = text.splitlines()[3]

    async def story(encoding: types.PositionEncodingKind | None, codec: str, unit: int) -> None:
        general = types.GeneralClientCapabilities(position_encodings=[encoding] if encoding else None)
        async with editor(folder, types.ClientCapabilities(general=general)) as (client, begun):
            assert begun.capabilities.position_encoding == (encoding or types.PositionEncodingKind.Utf16)
            uri = client.open(folder / "company/team/new.yml", text)
            await client.rules(uri, 1, lambda rules: "unknown-property" in rules)
            places = {each.code: each.range for each in client.told[uri].diagnostics}
            start = len(line[: line.index("mesage")].encode(codec)) // unit
            assert places["unknown-property"] == types.Range(types.Position(3, start), types.Position(3, start + 6))
            client.change(uri, 2, replaced(3, start, start + len("mesage: x"), "level: INFO"))
            assert "unknown-property" not in await client.rules(uri, 2)

    asyncio.run(story(None, "utf-16-le", 2))
    asyncio.run(story(types.PositionEncodingKind.Utf8, "utf-8", 1))
    asyncio.run(story(types.PositionEncodingKind.Utf32, "utf-32-le", 4))


def test_what_takes_several_files_is_told_too(folder: Path) -> None:
    async def story() -> None:
        async with editor(folder) as (client, _):
            uri = client.open(folder / "company/team/double.yml", FLOW)
            assert await client.rules(uri, 1, bool) == ["duplicate-flow"]
            related = client.told[uri].diagnostics[0].related_information
            assert related is not None
            assert [each.location.uri for each in related] == [(folder / "company/team/greet.yml").as_uri()]
            client.change(uri, 2, replaced(0, 4, 9, "own"))
            await client.rules(uri, 2, lambda rules: not rules)

    asyncio.run(story())


def test_a_file_that_changes_on_the_disk_counts(folder: Path) -> None:
    async def story() -> None:
        async with editor(folder) as (client, _):
            await client.until(lambda: client.watched or None)
            assert client.watched == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]
            uri = client.open(folder / "company/team/double.yml", FLOW)
            await client.rules(uri, 1, bool)
            other = folder / "company/team/greet.yml"
            other.unlink()
            event = types.FileEvent(other.as_uri(), types.FileChangeType.Deleted)
            client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            await client.rules(uri, 1, lambda rules: not rules)

    asyncio.run(story())


WRONG = f"""\
id: wrong
namespace: company.team
tasks:
  - id: say-it
    type: io.kestra.plugin.core.debug.Return
    format: "😀漢 {{{{ output.other.value }}}}"
  - id: use
    type: {LOG}
    message: "{{{{ outputs.say-it.value }}}}"
"""


def edits(action: types.CodeAction | types.Command, uri: str) -> list[types.TextDocumentContentChangePartial]:
    """What an editor changes when an action is chosen, from the end to the beginning."""
    assert isinstance(action, types.CodeAction)
    assert action.edit is not None
    assert action.edit.changes is not None
    made = sorted(action.edit.changes[uri], key=lambda edit: edit.range.start, reverse=True)
    return [types.TextDocumentContentChangePartial(edit.range, edit.new_text) for edit in made]


def test_findings_are_fixed(folder: Path) -> None:
    async def story() -> None:
        async with editor(folder) as (client, _):
            uri = client.open(folder / "company/team/wrong.yml", WRONG)
            assert set(await client.rules(uri, 1)) >= {"unknown-context", "dash-in-path"}
            shown = {each.code: each for each in reversed(client.told[uri].diagnostics)}

            async def offered(rule: str, *only: str) -> dict[str, types.CodeAction | types.Command]:
                context = types.CodeActionContext([shown[rule]], only=only or None)
                asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), shown[rule].range, context)
                return {each.title: each for each in await client.text_document_code_action_async(asked) or ()}

            actions = await offered("unknown-context")
            client.change(uri, 2, *edits(actions["Write `outputs`"], uri))
            assert "dash-in-path" in await client.rules(uri, 2)
            assert "unknown variable `output`" not in [each.message for each in client.told[uri].diagnostics]
            actions = await offered("dash-in-path", "source.fixAll")
            client.change(uri, 3, *edits(actions["Fix all that is safe to fix"], uri))
            assert "dash-in-path" not in await client.rules(uri, 3)

    asyncio.run(story())


def test_a_rule_is_explained(folder: Path) -> None:
    async def story() -> None:
        async with editor(folder) as (client, _):
            await client.workspace_execute_command_async(types.ExecuteCommandParams("gitops.explain", ["empty-file"]))
            page = await client.until(lambda: client.sentences[0] if client.sentences else None)
            assert page.startswith("empty-file: ")

    asyncio.run(story())


def test_names_lead_to_other_files_and_change_there(folder: Path) -> None:
    async def story() -> None:
        async with editor(folder) as (client, _):
            uri = client.open(folder / "company/team/caller.yml", CALLER)
            other = (folder / "company/team/greet.yml").as_uri()
            called = at(uri, 6, 14)
            # What a call leads to is known once the files around have been read.
            stray = client.open(
                folder / "company/team/stray.yml", FLOW.replace("greet", "stray").replace(".team", ".else")
            )
            await client.rules(stray, 1, bool)
            found = await client.text_document_definition_async(types.DefinitionParams(**called))  # type: ignore[arg-type]  # a place
            assert found == [types.Location(other, types.Range(types.Position(0, 4), types.Position(0, 9)))]
            symbols = await client.workspace_symbol_async(types.WorkspaceSymbolParams("grt"))
            assert [each.name for each in symbols or ()] == ["greet"]
            made = await client.text_document_rename_async(types.RenameParams(new_name="hello", **called))  # type: ignore[arg-type]  # a place
            assert made is not None
            assert set(made.changes or {}) == {uri, other}
            with pytest.raises(JsonRpcException, match="no id of a flow"):
                await client.text_document_rename_async(types.RenameParams(new_name="a b", **called))  # type: ignore[arg-type]  # a place
            linked = await client.text_document_document_link_async(
                types.DocumentLinkParams(types.TextDocumentIdentifier(uri))
            )
            assert [each.target for each in linked or ()] == [other]
            outline = await client.text_document_document_symbol_async(
                types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
            )
            assert [each.name for each in outline or ()] == ["tasks"]

    asyncio.run(story())


def test_the_configuration_counts_and_may_change(folder: Path) -> None:
    text = FLOW.replace("greet", "old").replace(f"{LOG}\n    message", "io.kestra.plugin.core.debug.Echo\n    format")
    configuration = folder / ".gitops.yaml"

    async def story() -> None:
        async with editor(folder) as (client, _):
            uri = client.open(folder / "company/team/old.yml", text)
            assert await client.rules(uri, 1) == ["deprecated-type"]
            for content, kind in (("rules:\n  deprecated-type: off\n", "Created"), ("rules: [\n", "Changed")):
                configuration.write_text(content)
                event = types.FileEvent(configuration.as_uri(), types.FileChangeType[kind])
                client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
                if kind == "Created":
                    await client.rules(uri, 1, lambda rules: not rules)
                else:
                    assert ".gitops.yaml:" in await client.until(lambda: next(iter(client.sentences), None))

    asyncio.run(story())


def test_a_storm_of_edits_and_questions_is_survived(folder: Path) -> None:
    chance = random.Random(7)
    pieces = ["\n", "  - ", ": ", "{{ outputs.", "'", '"', "[", "{", "😀", "\r", "&a *a", "\u2028", "type: ", "x" * 50]

    def place() -> types.Position:
        return types.Position(chance.randrange(12), chance.randrange(40))

    async def story() -> None:
        async with editor(folder) as (client, _):
            uri = client.open(folder / "company/team/caller.yml", CALLER)
            asked = types.TextDocumentIdentifier(uri)
            for version in range(2, 80):
                start, end = sorted((place(), place()))
                if start.line + 1 < end.line:
                    end = start
                client.change(
                    uri, version, types.TextDocumentContentChangePartial(types.Range(start, end), chance.choice(pieces))
                )
                here = place()
                await asyncio.wait_for(
                    asyncio.gather(
                        client.text_document_completion_async(types.CompletionParams(asked, here)),
                        client.text_document_hover_async(types.HoverParams(asked, here)),
                        client.text_document_definition_async(types.DefinitionParams(asked, here)),
                        client.text_document_document_symbol_async(types.DocumentSymbolParams(asked)),
                    ),
                    ENOUGH,
                )
            await client.rules(uri, 79)
            assert client.sentences == []

    asyncio.run(story())


def test_an_editor_that_goes_without_a_word_ends_the_server(folder: Path) -> None:
    command = [sys.executable, "-m", "gitops", "lsp"]
    done = subprocess.run(command, cwd=folder, input=b"", capture_output=True, timeout=ENOUGH, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
