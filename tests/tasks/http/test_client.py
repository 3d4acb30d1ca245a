"""The client that options describe: time limits, proxies and certificates, against real servers."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.http.request import Request
from tests.tasks.http.answering_server import AnsweringServer, answering
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.http.Request"


def request(uri: str, **more: object) -> Request:
    return Request.model_validate({"id": "ask", "type": TYPE, "uri": uri, **more})


@pytest.mark.parametrize(
    "options", [{"timeout": {"readIdleTimeout": "PT0.2S"}}, {"readTimeout": "PT0.2S"}], ids=["today", "before"]
)
def test_an_answer_that_takes_too_long_fails(
    context: RecordingContext, server: AnsweringServer, options: object
) -> None:
    with pytest.raises(TaskFailed, match="timed out"):
        request(server.address("/hang"), options=options).run(context)


def test_a_proxy_passes_the_request_on(context: RecordingContext, server: AnsweringServer) -> None:
    host, port = server.server_address[:2]
    proxy = {"type": "HTTP", "address": host, "port": port, "username": "ada", "password": "lovelace"}
    assert request("http://elsewhere.invalid/path", options={"proxy": proxy}).run(context).body == "pong"
    assert server.asked[0].path == "http://elsewhere.invalid/path"
    assert server.asked[0].headers["Proxy-Authorization"] == "Basic YWRhOmxvdmVsYWNl"


@pytest.mark.parametrize(
    ("proxy", "words"),
    [
        ({"type": "SOCKS", "address": "p", "port": 1}, "options.proxy.type: expected DIRECT or HTTP, found SOCKS"),
        ({"type": "HTTP", "port": 1}, "options.proxy: expected `address` and `port`"),
        ({"type": "HTTP", "address": "p"}, "options.proxy: expected `address` and `port`"),
    ],
)
def test_a_proxy_that_cannot_be_used_fails(context: RecordingContext, proxy: object, words: str) -> None:
    with pytest.raises(TaskFailed, match=words):
        request("http://elsewhere.invalid", options={"proxy": proxy}).run(context)


def test_a_certificate_of_nobody_is_refused_unless_all_are_trusted(context: RecordingContext) -> None:
    with answering(tls=True) as server:
        for untold in ({}, {"options": {"ssl": {"insecureTrustAllCertificates": False}}}):
            with pytest.raises(TaskFailed, match="certificate verify failed"):
                request(server.address("/"), **untold).run(context)
        trust = {"insecureTrustAllCertificates": True}
        assert request(server.address("/"), options={"ssl": trust}).run(context).body == "pong"
        assert request(server.address("/"), sslOptions=trust).run(context).body == "pong"
