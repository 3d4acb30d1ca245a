"""The functions of expressions that need the world."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from gitops.engine import clock
from gitops.engine.execution_files import ExecutionFiles, Origin
from gitops.engine.functions.world import environment, random_int, read_secret, world
from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template
from gitops.language.scalars import Level
from gitops.storage.storage import Storage
from gitops.store.logs import LogEntry
from tests.engine.workshop import Workshop

KEY = base64.b64encode(bytes(range(16))).decode()


def shown(source: str, **known: object) -> str:
    told: list[str] = []
    return compile_template("{{ " + source + " }}").render({"key": KEY}, world(told.append, **known))  # type: ignore[arg-type]  # what a test knows of the world


def failure(source: str) -> str:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    return str(caught.value)


@pytest.fixture
def files(tmp_path: Path) -> ExecutionFiles:
    """A namespace with a file of three bytes and an empty one."""
    storage = Storage(str(tmp_path / "storage"))
    for name, content in (("a.txt", "abc"), ("empty.txt", "")):
        (tmp_path / name).write_text(content)
        storage.put(f"company/team/_files/{name}", tmp_path / name)
    return ExecutionFiles(storage, "company.team", (Origin("company.team", "flow", "exec"),))


def test_a_secret_is_read_from_its_variable_and_told_to_who_masks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_MY_KEY", base64.b64encode(b"hunter2").decode())
    told: list[str] = []
    assert world(told.append)["secret"]("my_key") == "hunter2"
    assert told == ["hunter2"]


def test_a_part_of_a_secret_is_a_secret_too(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = json.dumps({"user": "ada", "ports": [1]})
    monkeypatch.setenv("SECRET_DB", base64.b64encode(secret.encode()).decode())
    told: list[str] = []
    functions = world(told.append)
    assert functions["secret"]("db", subkey="user") == "ada"
    assert functions["secret"]("db", "any.namespace", "ports") == "[1]"
    assert told == [secret, "ada", secret, "[1]"]
    with pytest.raises(ExpressionError, match="Cannot find secret sub-key 'x' in secret 'db'"):
        functions["secret"]("db", subkey="x")


def test_a_secret_without_parts_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_X", base64.b64encode(b"hunter2").decode())
    message = failure("secret('x', subkey='a')")
    assert message == "The secret 'x' is not JSON, so it has no sub-key 'a'"


def test_the_base64_of_a_long_secret_may_have_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_LONG", base64.encodebytes(b"hunter2" * 20).decode())
    assert read_secret("long") == "hunter2" * 20


def test_a_missing_secret_says_which_variable_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_X", raising=False)
    with pytest.raises(ExpressionError, match="Cannot find secret for key 'x': set the environment variable SECRET_X"):
        read_secret("x")


def test_a_secret_that_is_not_base64_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_X", "plain text!")
    with pytest.raises(ExpressionError) as refusal:
        read_secret("x")
    assert "plain text" not in str(refusal.value)


def test_the_environment_holds_what_is_meant_for_flows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENV_STAGE", "dev")
    monkeypatch.setenv("OTHER", "x")
    assert environment()["stage"] == "dev"
    assert "other" not in environment()


def test_a_random_number_lies_below_its_upper_bound() -> None:
    assert {random_int(1, 3) for _ in range(200)} == {1, 2}
    with pytest.raises(ExpressionError, match="expected `lower` to be less than `upper`, found 10 and 1"):
        random_int(10, 1)


@pytest.mark.parametrize(
    ("source", "pattern"),
    [
        ("uuid()", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
        ("id()", r"[0-9A-Za-z]{22}"),
        ("ksuid()", r"[0-9A-Za-z]{27}"),
        ("nanoId()", r"[\w-]{21}"),
        ("nanoId(5)", r"[\w-]{5}"),
        ("nanoId(length=4, alphabet='ab')", r"[ab]{4}"),
        ("randomInt(lower=1, upper=2)", "1"),
        ("randomPort() | string", r"\d{4,5}"),
        ("now('yyyy-MM-dd')", r"\d{4}-\d\d-\d\d"),
        ("decrypt(key, encrypt(key, 'toto'))", "toto"),
        ("decrypt(key=key, encrypted=encrypt(key=key, plaintext='toto'))", "toto"),
        ("encrypt(key, '') ~ decrypt(key, null)", ""),
        ("'abab' | regexReplace('(?<=a)b', '-')", "a-a-"),
        ("'[3]' | jq('[limit(2; .[0] | repeat(.))]')", r"\[\[3,3\]\]"),
    ],
)
def test_functions_that_need_no_execution(source: str, pattern: str) -> None:
    assert re.fullmatch(pattern, shown(source))


def test_ids_that_sort_begin_with_the_second() -> None:
    first = shown("ksuid()")
    assert first[:3] == shown("ksuid()")[:3]
    assert first > "2" * 27


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("kv('a')", "`kv` is not available before there is an execution"),
        ("kv(key='a', namespace='b', errorOnMissing=false)", "`kv` is not available before there is an execution"),
        ("http(uri='http://x')", "`http` is only available in the properties of tasks that do work"),
        ("read('a')", "`read` is not available before there is an execution"),
        ("fileExists('a')", "`fileExists` is not available before there is an execution"),
        ("errorLogs()", "`errorLogs` is not available before there is an execution"),
        ("nanoId(1001)", "nanoId: expected `length` to be from 1 to 1,000, found 1001"),
        ("nanoId('x')", "nanoId: expected `length` to be a whole number, found 'x'"),
        ("nanoId(3, '')", "`nanoId` expects `alphabet` to be a text that is not empty"),
        ("randomInt('1', 2)", "randomInt: expected `lower` to be a whole number, found '1'"),
        ("secret('')", "`secret` expects `key` to be a text that is not empty"),
        ("secret('x', full=true)", "`secret` has no `full` here: a secret is a text"),
        ("encrypt('short', 'a')", "The key for encryption must be Base64 of 16, 24 or 32 bytes"),
        ("decrypt(key, 'a')", "The text was not encrypted with this key"),
    ],
)
def test_what_cannot_be_had_is_said(source: str, message: str) -> None:
    assert failure(source) == message


def test_missing_arguments_are_named() -> None:
    assert failure("secret()").startswith("`secret` expects an argument `key` in the expression")
    assert failure("encrypt(key)").startswith("`encrypt` expects an argument `plaintext` in the")
    assert failure("randomInt()").startswith("`randomInt` expects an argument `lower` in the")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("read('a.txt')", "abc"),
        ("read(path='a.txt', namespace='company.team')", "abc"),
        ("read(fileURI('a.txt'))", "abc"),
        ("fileURI(path='a.txt')", "kestra:///company/team/_files/a.txt"),
        ("fileSize('a.txt')", "3"),
        ("fileExists('a.txt')", "true"),
        ("fileExists('b.txt')", "false"),
        ("isFileEmpty('empty.txt')", "true"),
        ("fileEmpty('a.txt')", "false"),
    ],
)
def test_files_are_read(files: ExecutionFiles, source: str, expected: str) -> None:
    assert shown(source, files=files) == expected


@pytest.mark.parametrize("argument", ["version=1", "revision=1"])
def test_files_have_no_revisions(files: ExecutionFiles, argument: str) -> None:
    with pytest.raises(ExpressionError, match="Namespace files have no revisions here"):
        shown(f"read('a.txt', {argument})", files=files)


def test_error_logs_are_maps() -> None:
    at = clock.now()
    entry = LogEntry(
        id=1, execution_id="e", task_run_id="r", task_id="t", attempt=1, at=at, level=Level.ERROR, message="broken"
    )
    assert shown("(errorLogs() | first).message", error_logs=lambda: [entry]) == "broken"
    assert shown("errorLogs() | jq('.[0] | keys') | first", error_logs=lambda: [entry]) == json.dumps(
        ["attemptNumber", "executionId", "level", "message", "taskId", "taskRunId", "timestamp"], separators=(",", ":")
    )
    assert shown("errorLogs()", error_logs=list) == "[]"


def test_an_attempt_reads_the_file_of_an_earlier_task(workshop: Workshop) -> None:
    ended = workshop.run(
        """
        id: read_back
        namespace: company.team
        tasks:
          - id: write
            type: io.kestra.plugin.scripts.shell.Commands
            taskRunner:
              type: io.kestra.plugin.core.runner.Process
            outputFiles: [out.txt]
            commands: ["echo -n hello > out.txt"]
          - id: read
            type: io.kestra.plugin.core.debug.Return
            format: "{% set file = outputs.write.outputFiles['out.txt'] %}{{ read(file) }} {{ fileSize(file) }}"
        """
    )
    assert ended.in_order()[-1].outputs == {"value": "hello 5"}
