"""Files of an execution: downloaded, measured and looked into; those of others are not shown."""

from __future__ import annotations

import base64
from pathlib import Path

import httpx
import pytest

from gitops.app import App
from gitops.execution.state import Execution
from tests.server.large import stored

API = "/api/v1/main/executions"


@pytest.fixture
def execution(app: App) -> Execution:
    """An execution that has ended."""
    return stored(app)


def keep(app: App, folder: Path, execution: Execution, name: str, data: bytes) -> str:
    """Store a file as one of its tasks does."""
    file = folder / "file"
    file.write_bytes(data)
    return app.storage.put(f"company/team/hooked/executions/{execution.id}/tasks/say/run/{name}", file)


def test_a_file_is_downloaded_and_measured(
    client: httpx.Client, app: App, tmp_path: Path, execution: Execution
) -> None:
    path = keep(app, tmp_path, execution, "rows ä.csv", b"a;b\n")
    answer = client.get(f"{API}/{execution.id}/file", params={"path": path})
    assert (answer.content, answer.headers["content-type"]) == (b"a;b\n", "application/octet-stream")
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''rows%20%C3%A4.csv"
    assert client.get(f"{API}/{execution.id}/file/metas", params={"path": path}).json() == {"size": 4}


@pytest.mark.parametrize(
    ("name", "data", "type_", "content"),
    [
        ("rows.csv", b"a\nb\nc\n", "TEXT", "a\nb\n"),
        ("rows.ion", b'{id:1}\n{id:"x"}\n{id:3}', "LIST", [{"id": 1}, {"id": "x"}]),
        ("rows.ion", b"{broken\n", "LIST", "{broken\n"),
        ("notes.md", b"# hi", "MARKDOWN", "# hi"),
        ("dot.PNG", b"\x89PNG", "IMAGE", base64.b64encode(b"\x89PNG").decode()),
        ("latin.txt", "café".encode("latin-1"), "TEXT", "café"),
        ("none", b"", "TEXT", ""),
    ],
)
def test_a_file_is_shown_by_what_its_name_says(
    client: httpx.Client,
    app: App,
    tmp_path: Path,
    execution: Execution,
    *,
    name: str,
    data: bytes,
    type_: str,
    content: object,
) -> None:
    path = keep(app, tmp_path, execution, name, data)
    asked = {"path": path, "maxRows": "2", "encoding": "latin-1" if name == "latin.txt" else "UTF-8"}
    shown = client.get(f"{API}/{execution.id}/file/preview", params=asked).json()
    assert (shown["type"], shown["content"]) == (type_, content)
    assert shown["truncated"] is (data.count(b"\n") > 1)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/etc/passwd", 422, "expected an address that starts with kestra:///"),
        ("kestra:///company/team/hooked/executions/other/tasks/say/run/rows.csv", 422, "didn't belong"),
        ("kestra:///company/team/hooked/executions/{id}/../other/rows.csv", 422, "must not contain"),
        ("kestra:///company/team/hooked/executions/{id}/tasks/say/run/gone.csv", 404, "has no file"),
    ],
)
def test_what_does_not_belong_to_the_execution_is_refused(
    client: httpx.Client, execution: Execution, *, path: str, status: int, words: str
) -> None:
    for place in ("file", "file/metas", "file/preview"):
        answer = client.get(f"{API}/{execution.id}/{place}", params={"path": path.replace("{id}", execution.id)})
        assert (answer.status_code, words in answer.json()["message"]) == (status, True), answer.text
