"""The task type http.Download, against a real server."""

from __future__ import annotations

import threading

import pytest

from gitops.errors import TaskFailed
from gitops.language.scalars import Level
from gitops.tasks.http.download import Download
from tests.tasks.http.answering_server import AnsweringServer
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.http.Download"


def download(server: AnsweringServer, path: str, **more: object) -> Download:
    return Download.model_validate({"id": "fetch", "type": TYPE, "uri": server.address(path), **more})


@pytest.mark.parametrize("path", ["/binary", "/large"])
def test_keeps_the_file_byte_by_byte(context: RecordingContext, server: AnsweringServer, path: str) -> None:
    output = download(server, path).run(context)
    assert context.stored[output.uri] == (b"\xff\xfe" if path == "/binary" else b"x" * (10 * 1024 * 1024 + 1))
    assert (output.code, output.length) == (200, len(context.stored[output.uri]))
    assert output.headers["content-length"] == [str(output.length)]


@pytest.mark.parametrize(
    ("path", "more", "name"),
    [
        ("/orders", {}, "download"),
        ("/data.v1/orders.csv?x=y.z", {}, "download.csv"),
        ("/named", {}, "a report.csv"),
        ("/named/unicode", {}, "łódź.csv"),
        ("/named/folders", {}, "passwd"),
        ("/named/dots.txt", {}, "download.txt"),
        ("/named", {"saveAs": "mine.csv"}, "mine.csv"),
        ("/named", {"saveAs": "../mine.csv"}, "mine.csv"),
    ],
)
def test_the_name_is_the_asked_one_or_the_servers(
    context: RecordingContext, server: AnsweringServer, path: str, more: dict[str, object], name: str
) -> None:
    output = download(server, path, **more).run(context)
    assert output.uri == f"kestra:///{name}"
    assert context.kept == {name: b"pong"}


def test_a_body_shorter_than_its_content_length_fails(context: RecordingContext, server: AnsweringServer) -> None:
    with pytest.raises(TaskFailed, match=r"received 3 bytes, expected 10"):
        download(server, "/short").run(context)
    assert context.kept == {}


def test_an_empty_file_fails(context: RecordingContext, server: AnsweringServer) -> None:
    with pytest.raises(TaskFailed, match=r"/empty answered an empty file; set `failOnEmptyResponse: false`"):
        download(server, "/empty").run(context)


@pytest.mark.parametrize("more", [{"failOnEmptyResponse": False}, {"options": {"allowFailed": True}}])
def test_an_empty_file_may_be_allowed(
    context: RecordingContext, server: AnsweringServer, more: dict[str, object]
) -> None:
    output = download(server, "/empty", **more).run(context)
    assert (output.length, context.stored[output.uri]) == (0, b"")
    assert [(level, "empty file" in message) for level, message in context.logs] == [(Level.WARN, True)]


def test_a_status_of_400_or_more_fails_and_keeps_nothing(context: RecordingContext, server: AnsweringServer) -> None:
    with pytest.raises(TaskFailed, match=r"/status/404 answered 404; set `options.allowFailed` to accept it"):
        download(server, "/status/404").run(context)
    assert context.kept == {}
    assert download(server, "/status/404", allowFailed=True).run(context).code == 404


def test_a_kill_ends_a_download_that_hangs(context: RecordingContext, server: AnsweringServer) -> None:
    failures: list[BaseException] = []

    def fetch() -> None:
        try:
            download(server, "/hang").run(context)
        except TaskFailed as failure:
            failures.append(failure)

    thread = threading.Thread(target=fetch)
    thread.start()
    assert server.reached.wait(10)
    context.kill()
    thread.join(5)
    assert not thread.is_alive()
    assert failures


def test_the_old_name_is_the_same_type() -> None:
    task = read_task("io.kestra.plugin.fs.http.Download", uri="http://example.com")
    assert isinstance(task, Download)
    assert task.fail_on_empty_response is True


def test_a_download_is_never_encrypted() -> None:
    assert refusal(TYPE, uri="u", encryptBody=True) == "encryptBody: Extra inputs are not permitted"


def test_the_length_of_the_answer_is_measured(context: RecordingContext, server: AnsweringServer) -> None:
    download(server, "/ping").run(context)
    tags = {"request.method": "GET", "response.code": "200"}
    assert context.measured == [("counter", "response.length", 4, tags)]
