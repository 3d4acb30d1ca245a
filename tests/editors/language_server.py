"""A YAML language server as editors run it: a process that is spoken to over its standard input and output."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

Message = dict[str, Any]

CURSOR = "|"
"""Where the cursor stands in a text that is asked about."""


class Place(NamedTuple):
    """A text and the place of the cursor in it."""

    text: str
    line: int
    character: int


def place_in(marked: str) -> Place:
    """The text without its cursor, and where the cursor stood."""
    before, found, after = marked.partition(CURSOR)
    assert found, f"the text has no cursor `{CURSOR}`"
    return Place(before + after, before.count("\n"), len(before) - before.rfind("\n") - 1)


class LanguageServer:
    """A server that has been told which schema the flows have.

    Everything is sent and awaited in one thread: what arrives before the awaited answer is kept, or answered when the
    server asks for it.
    """

    def __init__(self, process: subprocess.Popen[bytes], schema: Path) -> None:
        self._process = process
        self._settings = {
            "schemas": {schema.as_uri(): ["*.yml"]},
            "schemaStore": {"enable": False, "url": ""},
            "completion": True,
            "hover": True,
            "validate": True,
        }
        self._requests = count(1)
        self._documents = count(1)
        self._diagnostics: dict[str, list[Message]] = {}
        self._start()

    def completions(self, marked: str) -> list[Message]:
        """What is offered at the cursor, in the order of the server."""
        place = place_in(marked)
        answer = self._ask("textDocument/completion", self._at(place))
        return list(answer["items"] if isinstance(answer, dict) else answer or [])

    def labels(self, marked: str) -> list[str]:
        """The labels of what is offered at the cursor."""
        return [item["label"] for item in self.completions(marked)]

    def hover(self, marked: str) -> str:
        """The Markdown that is shown for what is under the cursor; empty when there is none."""
        answer = self._ask("textDocument/hover", self._at(place_in(marked)))
        contents = answer["contents"] if answer else ""
        return str(contents["value"] if isinstance(contents, dict) else contents)

    def diagnostics(self, text: str) -> list[Message]:
        """What is marked in a document."""
        return self._marked(self._open(text))

    def messages_of_all(self, texts: Mapping[str, str]) -> dict[str, list[str]]:
        """The words of what is marked in documents that are opened together, by their names."""
        opened = {name: self._open(text) for name, text in texts.items()}
        return {name: [found["message"] for found in self._marked(uri)] for name, uri in opened.items()}

    def stop(self) -> None:
        """End the server as editors do."""
        self._ask("shutdown", None)
        self._tell("exit", None)

    def _start(self) -> None:
        configurable = {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}
        item = {"snippetSupport": True, "documentationFormat": ["markdown"]}
        document = {"completion": {"completionItem": item}, "hover": {"contentFormat": ["markdown"]}}
        capabilities = {"workspace": configurable, "textDocument": document}
        self._ask("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": self._settings}})
        while self._take().get("method") != "workspace/configuration":
            pass  # what is asked before the server has its settings is answered without a schema

    def _at(self, place: Place) -> Message:
        position = {"line": place.line, "character": place.character}
        return {"textDocument": {"uri": self._open(place.text)}, "position": position}

    def _marked(self, uri: str) -> list[Message]:
        while uri not in self._diagnostics:
            self._take()
        return self._diagnostics[uri]

    def _open(self, text: str) -> str:
        uri = f"file:///flows/flow{next(self._documents)}.yml"
        self._tell(
            "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}
        )
        return uri

    def _ask(self, method: str, params: object) -> Any:
        number = next(self._requests)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def _take(self) -> Message:
        """The next message; diagnostics are kept and questions of the server are answered."""
        message = self._receive()
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: Message) -> object:
        """What an editor says when the server asks; settings are the one thing that it needs."""
        if message["method"] != "workspace/configuration":
            return None
        sections: Mapping[str, object] = {"yaml": self._settings}
        return [sections.get(item.get("section"), {}) for item in message["params"]["items"]]

    def _send(self, message: Message) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> Message:
        stream = self._process.stdout
        assert stream
        length = 0
        while (line := stream.readline().strip()) or not length:
            assert line, "the language server has ended"
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: Message = json.loads(stream.read(length))
        return message


@contextmanager
def language_server(node: Path, program: Path, schema: Path) -> Iterator[LanguageServer]:
    """A running server, ended at the end."""
    command = [str(node), str(program), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            server = LanguageServer(process, schema)
            yield server
            server.stop()
        finally:
            process.kill()
