"""The task type http.Request, against a real server."""

from __future__ import annotations

import threading
from base64 import b64encode
from pathlib import Path

import pytest

from gitops.errors import TaskFailed
from gitops.execution.state import State
from gitops.tasks.http.request import Request
from tests.engine.workshop import open_workshop
from tests.tasks.http.answering_server import PASSWORD, USER, AnsweringServer
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.http.Request"


def request(server: AnsweringServer, path: str, **more: object) -> Request:
    return Request.model_validate({"id": "ask", "type": TYPE, "uri": server.address(path), **more})


def test_keeps_code_headers_and_body(context: RecordingContext, server: AnsweringServer) -> None:
    output = request(server, "/ping").run(context)
    assert (output.code, output.body) == (200, "pong")
    assert output.headers["content-length"] == ["4"]


def test_sends_method_parameters_headers_body_and_token(context: RecordingContext, server: AnsweringServer) -> None:
    request(
        server,
        "/things",
        method="POST",
        params={"page": 2},
        headers={"X-Team": "data"},
        body='{"a": 1}',
        options={"auth": {"type": "BEARER", "token": "t0ken"}},
    ).run(context)
    asked = server.asked[0]
    assert (asked.method, asked.path, asked.body) == ("POST", "/things?page=2", b'{"a": 1}')
    assert asked.headers["X-Team"] == "data"
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.headers["Authorization"] == "Bearer t0ken"


def test_says_json_even_without_a_body(context: RecordingContext, server: AnsweringServer) -> None:
    request(server, "/ping").run(context)
    assert server.asked[0].headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("path", "params", "arrives"),
    [
        ("/things?a=1&b=x%2Fy", None, "/things?a=1&b=x%2Fy"),
        ("/things?flag", {}, "/things?flag"),
        ("/things?a=1", {"b": "2"}, "/things?a=1&b=2"),
        ("/things", {"ids": [1, 2], "on": True}, "/things?ids=1&ids=2&on=true"),
        ("/two words", None, "/two%20words"),
    ],
)
def test_parameters_are_added_to_those_of_the_address(
    context: RecordingContext, server: AnsweringServer, path: str, params: object, arrives: str
) -> None:
    request(server, path, params=params).run(context)
    assert server.asked[0].path == arrives


def test_the_default_charset_is_that_of_the_body(context: RecordingContext, server: AnsweringServer) -> None:
    request(
        server, "/", method="POST", body="é", contentType="text/plain", options={"defaultCharset": "ISO-8859-1"}
    ).run(context)
    assert server.asked[0].body == b"\xe9"
    assert server.asked[0].headers["Content-Type"] == "text/plain; charset=ISO-8859-1"


@pytest.mark.parametrize(
    ("charset", "words"),
    [
        ("klingon", "options.defaultCharset: expected a character set such as UTF-8, found `klingon`"),
        ("ASCII", "body: `é` cannot be written in ASCII"),
    ],
)
def test_a_charset_that_does_not_fit_fails(
    context: RecordingContext, server: AnsweringServer, charset: str, words: str
) -> None:
    with pytest.raises(TaskFailed, match=words):
        request(server, "/", method="POST", body="é", options={"defaultCharset": charset}).run(context)
    assert server.asked == []


def test_form_fields_are_sent_url_encoded(context: RecordingContext, server: AnsweringServer) -> None:
    request(server, "/", method="POST", formData={"user": "John Doe", "tags": ["a", "b"], "on": True}).run(context)
    assert server.asked[0].body == b"user=John+Doe&tags=a&tags=b&on=true"
    assert server.asked[0].headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_multipart_form_holds_fields_and_files(context: RecordingContext, server: AnsweringServer) -> None:
    context.stored = {"kestra:///in/orders.csv": b"a,b", "kestra:///in/x": b"png"}
    request(
        server,
        "/",
        method="POST",
        contentType="multipart/form-data",
        formData={
            "user": "Ada",
            "deep": {"a": [1]},
            "file": "kestra:///in/orders.csv",
            "image": {"name": "me.png", "content": "kestra:///in/x"},
            "note": {"name": "note.txt", "content": "hello"},
        },
    ).run(context)
    asked = server.asked[0]
    assert asked.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    boundary = asked.headers.get_boundary("").encode()
    parts = [part.strip(b"\r\n") for part in asked.body.split(b"--" + boundary)[1:-1]]
    assert parts == [
        b'Content-Disposition: form-data; name="user"\r\n\r\nAda',
        b'Content-Disposition: form-data; name="deep"\r\n\r\n{"a": [1]}',
        b'Content-Disposition: form-data; name="file"; filename="orders.csv"\r\nContent-Type: text/csv\r\n\r\na,b',
        b'Content-Disposition: form-data; name="image"; filename="me.png"\r\nContent-Type: image/png\r\n\r\npng',
        b'Content-Disposition: form-data; name="note"; filename="note.txt"\r\nContent-Type: text/plain\r\n\r\nhello',
    ]


@pytest.mark.parametrize(
    "options",
    [
        {"auth": {"type": "BASIC", "username": "ada", "password": "lovelace"}},
        {"basicAuthUser": "ada", "basicAuthPassword": "lovelace"},
    ],
)
def test_a_user_and_a_password_are_sent_as_basic_authentication(
    context: RecordingContext, server: AnsweringServer, options: object
) -> None:
    request(server, "/", options=options).run(context)
    assert server.asked[0].headers["Authorization"] == "Basic YWRhOmxvdmVsYWNl"


def test_digest_authentication_answers_the_challenge(context: RecordingContext, server: AnsweringServer) -> None:
    login = {"type": "DIGEST", "username": USER, "password": PASSWORD}
    assert request(server, "/digest", options={"auth": login}).run(context).code == 200
    assert [("Authorization" in asked.headers) for asked in server.asked] == [False, True]
    wrong = {**login, "password": "wrong", "type": "DIGEST"}
    with pytest.raises(TaskFailed, match="answered 403"):
        request(server, "/digest", options={"auth": wrong}).run(context)


@pytest.mark.parametrize("follow", [True, False])
def test_redirects_are_followed_as_asked(context: RecordingContext, server: AnsweringServer, follow: bool) -> None:
    output = request(server, "/redirect", options={"followRedirects": follow}).run(context)
    assert (output.code, output.uri) == (
        (200, server.address("/ping")) if follow else (302, server.address("/redirect"))
    )


def test_a_status_of_400_or_more_fails_and_keeps_the_answer(context: RecordingContext, server: AnsweringServer) -> None:
    with pytest.raises(TaskFailed, match=r"answered 503; set `options.allowFailed` to accept it") as failure:
        request(server, "/status/503").run(context)
    assert failure.value.outputs["code"] == 503


@pytest.mark.parametrize("more", [{"options": {"allowFailed": True}}, {"allowFailed": True}])
def test_a_failure_may_be_allowed(context: RecordingContext, server: AnsweringServer, more: dict[str, object]) -> None:
    assert request(server, "/status/503", **more).run(context).code == 503


def test_only_the_allowed_statuses_are_a_success(context: RecordingContext, server: AnsweringServer) -> None:
    options = {"allowedResponseCodes": [202, 404], "allowFailed": True}
    assert request(server, "/status/404", options=options).run(context).code == 404
    with pytest.raises(TaskFailed, match=r"answered 200; `options.allowedResponseCodes` has 202, 404"):
        request(server, "/ping", options=options).run(context)


def test_the_charset_of_the_answer_is_read(context: RecordingContext, server: AnsweringServer) -> None:
    assert request(server, "/latin").run(context).body == "é"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/binary", "a body that is not text; use http.Download to keep it"),
        ("/large", "more than 10 MiB; use http.Download for large bodies"),
        ("/short", "without sending complete message body"),
    ],
)
def test_a_body_that_cannot_be_kept_as_text_fails(
    context: RecordingContext, server: AnsweringServer, path: str, words: str
) -> None:
    with pytest.raises(TaskFailed, match=words):
        request(server, path).run(context)


def test_an_address_that_nobody_answers_fails_without_showing_its_secrets(context: RecordingContext) -> None:
    task = Request(id="ask", type=TYPE, uri="http://user:secret@127.0.0.1:9/path?key=secret")
    with pytest.raises(TaskFailed) as failure:
        task.run(context)
    assert "secret" not in str(failure.value)


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("example.com/path", "GET example.com/path: Request URL is missing an 'http://' or 'https://' protocol."),
        ("http://[::1", r"GET http://\[::1: Invalid"),
    ],
)
def test_an_address_that_is_none_fails(context: RecordingContext, uri: str, words: str) -> None:
    with pytest.raises(TaskFailed, match=words):
        Request(id="ask", type=TYPE, uri=uri).run(context)


def test_parts_are_logged_as_asked_without_who_is_asking(context: RecordingContext, server: AnsweringServer) -> None:
    request(
        server,
        "/ping",
        method="POST",
        body="ping",
        options={
            "logs": ["REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS", "RESPONSE_BODY"],
            "auth": {"type": "BEARER", "token": "t0ken"},
        },
    ).run(context)
    lines = [message for _, message in context.logs]
    assert [line.partition("\n")[0] for line in lines] == [
        "REQUEST_HEADERS",
        "REQUEST_BODY",
        "RESPONSE_HEADERS",
        "RESPONSE_BODY",
    ]
    assert "authorization: ******" in lines[0]
    assert "t0ken" not in "".join(lines)
    assert (lines[1], lines[3]) == ("REQUEST_BODY\nping", "RESPONSE_BODY\npong")
    assert "content-length: 4" in lines[2]


def test_nothing_is_logged_unasked(context: RecordingContext, server: AnsweringServer) -> None:
    request(server, "/ping").run(context)
    assert context.logs == []


def test_a_kill_ends_a_request_that_hangs(context: RecordingContext, server: AnsweringServer) -> None:
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            request(server, "/hang").run(context)
        except TaskFailed as failure:
            failures.append(failure)

    thread = threading.Thread(target=ask)
    thread.start()
    assert server.reached.wait(10)
    context.kill()
    thread.join(5)
    assert not thread.is_alive()
    assert failures


@pytest.mark.parametrize("kind", [TYPE, "io.kestra.plugin.fs.http.Request"])
def test_both_names_are_the_same_type(kind: str) -> None:
    task = read_task(kind, uri="http://example.com")
    assert isinstance(task, Request)
    assert (task.type, task.method, task.content_type) == (TYPE, "GET", "application/json")


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({}, "uri: Field required"),
        ({"uri": "u", "method": "FETCH"}, "method: Input should be 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'"),
        ({"uri": "u", "options": {"auth": {"type": "OTHER"}}}, "options.auth: Input tag 'OTHER' found using 'type'"),
        ({"uri": "u", "options": {"timeout": {"connectTimeout": "5s"}}}, "options.timeout.connectTimeout: Value error"),
        ({"uri": "u", "options": {"logs": ["BODY"]}}, "options.logs[0]: Input should be 'REQUEST_HEADERS'"),
        ({"uri": "u", "options": {"allowedResponseCodes": [42]}}, "options.allowedResponseCodes[0]: Input should be"),
        ({"uri": "u", "timeouts": 1}, "timeouts: Extra inputs are not permitted"),
    ],
)
def test_what_makes_no_sense_is_refused(properties: dict[str, object], words: str) -> None:
    assert refusal(TYPE, **properties).startswith(words)


def test_the_length_of_the_answer_is_measured(context: RecordingContext, server: AnsweringServer) -> None:
    request(server, "/ping", method="POST").run(context)
    tags = {"request.method": "POST", "response.code": "200"}
    assert context.measured == [("counter", "response.length", 4, tags)]


def test_the_body_is_encrypted_when_asked_for(context: RecordingContext, server: AnsweringServer) -> None:
    output = request(server, "/ping", encryptBody=True, options={"logs": ["RESPONSE_BODY"]}).run(context)
    assert (output.body, output.encrypted_body) == (None, {"encrypted": "pong"})
    assert context.logs == []
    with pytest.raises(TaskFailed) as failed:
        request(server, "/status/500", encryptBody=True).run(context)
    assert failed.value.outputs["encryptedBody"] == {"encrypted": "pong"}
    assert "body" not in failed.value.outputs


def test_expressions_read_an_encrypted_body_and_logs_hide_it(server: AnsweringServer, tmp_path: Path) -> None:
    flow = f"""
        id: ask
        namespace: company.team
        tasks:
          - id: ask
            type: {TYPE}
            uri: {server.address("/ping")}
            encryptBody: true
          - id: look
            type: io.kestra.plugin.core.log.Log
            message: "{{{{ outputs.ask.encryptedBody | upper }}}} {{{{ outputs.ask.encryptedBody }}}}"
        """
    with open_workshop(tmp_path, encryption_key=b64encode(bytes(16)).decode()) as workshop:
        execution = workshop.run(flow)
        messages = workshop.messages(execution)
    outputs = next(iter(execution.in_order())).outputs or {}
    sealed = outputs["encryptedBody"]
    assert isinstance(sealed, dict)
    assert (sealed["type"], "body" in outputs) == ("io.kestra.datatype:aes_encrypted", False)
    assert messages == ["PONG ******"]


def test_without_a_key_nothing_is_encrypted(server: AnsweringServer, tmp_path: Path) -> None:
    flow = f"""
        id: ask
        namespace: company.team
        tasks:
          - id: ask
            type: {TYPE}
            uri: {server.address("/ping")}
            encryptBody: true
        """
    with open_workshop(tmp_path) as workshop:
        execution = workshop.run(flow)
        assert workshop.messages(execution) == ["the service has no encryption key; set `encryption_key`"]
    assert execution.state is State.FAILED
