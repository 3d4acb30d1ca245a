"""`gitops lsp`: how an editor starts the language server."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from gitops.cli.lsp import read_tree
from gitops.cli.main import main

ENOUGH = 60.0


def test_without_its_library_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith("gitops.lsp")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    assert main(["lsp"]) == 2
    assert "pip install 'gitops[lsp]'" in capsys.readouterr().err


def test_the_rest_of_the_repository_is_read(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "company").mkdir()
    (tmp_path / "company/a.yml").write_text("id: a\nnamespace: company\ntasks: []\n")
    (tmp_path / "b.yml").write_text("id: b\nnamespace: company\ntasks: []\n")
    found = read_tree(str(tmp_path / "company"))
    assert found.top == str(tmp_path)
    assert sorted(file.path for file in found.files) == ["b.yml", "company/a.yml"]
    assert found.options.complete


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


async def connected(port: int) -> LanguageClient:
    """A client of the server at a port, once it listens."""
    async with asyncio.timeout(ENOUGH):
        while True:
            client = LanguageClient("editor", "1")
            try:
                await client.start_tcp("127.0.0.1", port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
            else:
                return client


def test_it_serves_over_a_port_of_this_machine(tmp_path: Path) -> None:
    async def story(port: int) -> None:
        client = await connected(port)
        begun = await client.initialize_async(types.InitializeParams(types.ClientCapabilities()))
        assert begun.server_info is not None
        assert begun.server_info.name == "gitops"
        await client.shutdown_async(None)
        client.exit(None)

    port = free_port()
    command = [sys.executable, "-m", "gitops", "lsp", "--tcp", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE) as server:
        asyncio.run(story(port))
        assert server.wait(ENOUGH) == 0
        assert server.stderr is not None
        assert server.stderr.read() == b""
