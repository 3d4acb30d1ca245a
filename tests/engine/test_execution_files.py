"""Which files an expression may read, and which it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.engine.execution_files import ExecutionFiles, Origin, origin_of
from gitops.errors import ExpressionError
from gitops.storage.storage import SCHEME, Storage

OWN = Origin("company.team", "My_Flow", "exec1")
CAUSE = Origin("company.other", "parent", "exec0")


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(str(tmp_path / "storage"))


@pytest.fixture
def files(storage: Storage) -> ExecutionFiles:
    return ExecutionFiles(storage, "company.team", (OWN, CAUSE))


def put(storage: Storage, path: str, content: bytes, tmp_path: Path) -> str:
    source = tmp_path / "source"
    source.write_bytes(content)
    return storage.put(path, source)


@pytest.mark.parametrize(
    "path",
    [
        "company/team/My_Flow/executions/exec1/tasks/t/r/a.txt",
        "company/team/my-flow/executions/exec1/inputs/i/a.txt",
        "company/other/parent/executions/exec0/tasks/t/r/a.txt",
        "company/team/_files/folder/a.txt",
    ],
)
def test_files_that_may_be_read(files: ExecutionFiles, storage: Storage, path: str, tmp_path: Path) -> None:
    address = put(storage, path, "é".encode(), tmp_path)
    assert files.address(address) == address
    assert files.read(address).decode() == "é"
    assert files.size(address) == 2
    assert files.exists(address)


@pytest.mark.parametrize(
    "path",
    [
        "company/team/My_Flow/executions/exec2/tasks/t/r/a.txt",
        "company/team/other/executions/exec1/tasks/t/r/a.txt",
        "company/team/My_Flow/executions/exec10/a.txt",
        "company/other/_files/a.txt",
        "company/team/sub/_files/a.txt",
        "main/company/team/_files/a.txt",
        "company/team/_kv/a.ion",
        "",
    ],
)
def test_files_that_belong_to_others(files: ExecutionFiles, path: str) -> None:
    message = f"Unable to read the file '{SCHEME}{path}' as it didn't belong to the current execution"
    with pytest.raises(ExpressionError) as caught:
        files.address(SCHEME + path)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "path",
    [
        "../a.txt",
        "a/../../b",
        "..",
        "a\\..\\b",
        "a/%2e%2e/b",
        "%2E%2E%2Fb",
        "kestra:///company/team/_files/../../other/_files/a.txt",
        "kestra:///company/team/My_Flow/executions/exec1/../exec2/a.txt",
        "a\0b",
    ],
)
def test_no_path_leads_out_of_its_folder(files: ExecutionFiles, path: str) -> None:
    with pytest.raises(ExpressionError, match=r"Path must not contain '\.\./'"):
        files.address(path)


def test_a_path_is_that_of_a_namespace_file(files: ExecutionFiles) -> None:
    assert files.address("a/b.txt") == files.address("/a/b.txt") == "kestra:///company/team/_files/a/b.txt"
    assert files.address("a", "company.team") == "kestra:///company/team/_files/a"
    with pytest.raises(ExpressionError, match=r"Unable to read files of the namespace 'company\.other' from 'company"):
        files.address("a", "company.other")


@pytest.mark.parametrize("path", [None, "", 1, ["a"], Path("a")])
def test_a_path_is_a_text(files: ExecutionFiles, path: object) -> None:
    with pytest.raises(ExpressionError, match="Expected the path of a namespace file, or an address that starts with"):
        files.address(path)


def test_a_file_that_is_not_there(files: ExecutionFiles) -> None:
    address = files.address("nothing.txt")
    assert not files.exists(address)
    for ask in (files.read, files.size):
        with pytest.raises(
            ExpressionError, match=r"Unable to read the file 'kestra:///company/team/_files/nothing\.txt'"
        ):
            ask(address)


def test_a_file_that_is_too_long_to_be_a_text(
    files: ExecutionFiles, storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gitops.engine import execution_files
    from gitops.language.expression.scope import Limits

    address = put(storage, "company/team/_files/long.txt", b"12345", tmp_path)
    monkeypatch.setattr(execution_files, "LIMITS", Limits(characters=4))
    assert files.size(address) == 5
    with pytest.raises(ExpressionError, match="is longer than 4 bytes"):
        files.read(address)


def test_an_origin_is_named_by_a_trigger() -> None:
    assert origin_of({"namespace": "a", "flowId": "b", "executionId": "c", "x": 1}) == Origin("a", "b", "c")
    assert origin_of({"namespace": "a", "flowId": "b"}) is None
    assert origin_of({"namespace": "a", "flowId": "b", "executionId": ["c"]}) is None
    assert origin_of({}) is None
