"""The function `http` of expressions, in real executions against a real server."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from gitops.execution.state import Execution, State
from tests.engine.workshop import Workshop
from tests.tasks.http.answering_server import ANSWERS, Answer, AnsweringServer, answering

_JSON = {"Content-Type": "application/json; charset=utf-8"}
_MORE = {
    "/json": lambda _: Answer(b'{"names": ["Ada", "Grace"]}', headers=_JSON),
    "/broken": lambda _: Answer(b"{", headers=_JSON),
}


@pytest.fixture
def server() -> Iterator[AnsweringServer]:
    """A server that also answers JSON."""
    with patch.dict(ANSWERS, _MORE), answering() as running:
        yield running


def _show(workshop: Workshop, expression: str, **more: str) -> Execution:
    lines = "\n".join(f"        {name}: {value}" for name, value in more.items())
    return workshop.run(
        f"""
    id: ask
    namespace: company.team
    variables:
      hidden: "{{{{ http('http://127.0.0.1:1') }}}}"
    tasks:
      - id: show
        type: io.kestra.plugin.core.debug.Return
        format: >-
          {{{{ {expression} }}}}
{lines}
"""
    )


def _value(execution: Execution) -> object:
    (run,) = execution.in_order()
    return (run.outputs or {}).get("value")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("http('{url}/ping')", "pong"),
        ("http(uri='{url}/json').names[1]", "Grace"),
        ("http('{url}/json') | jq('.names | length') | first", "2"),
        ("http('{url}/json')", '{"names":["Ada","Grace"]}'),
        ("http('{url}/status/404', options={'allowFailed': true})", "pong"),
    ],
)
def test_the_body_is_the_value(workshop: Workshop, server: AnsweringServer, expression: str, value: str) -> None:
    assert _value(_show(workshop, expression.replace("{url}", server.address("")))) == value


def test_what_is_asked(workshop: Workshop, server: AnsweringServer) -> None:
    expression = (
        f"http('{server.address('/things')}', method='POST', query={{'page': 2}}, body={{'a': [1]}}, "
        "headers={'X-Team': flow.namespace}, accept='text/plain')"
    )
    assert _value(_show(workshop, expression)) == "pong"
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.body) == ("POST", "/things?page=2", b'{"a":[1]}')
    assert (asked.headers["X-Team"], asked.headers["Accept"]) == ("company.team", "text/plain")
    assert asked.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("http('{url}/status/500')", "http: GET {url}/status/500 answered 500; set `options.allowFailed` to accept it"),
        ("http('{url}/broken')", "http: the answer is not JSON: "),
        ("http('{url}/ping', method='FETCH')", "http: method: Input should be 'GET'"),
        ("http('{url}/ping', options={'fast': true})", "http: options.fast: Extra inputs are not permitted"),
        ("http('nowhere')", "http: GET nowhere: "),
        ("http()", "`http` expects an argument `uri`"),
        ("render(vars.hidden)", "`http` is only available in the properties of tasks that do work"),
    ],
)
def test_what_cannot_be_asked_fails_the_task(
    workshop: Workshop, server: AnsweringServer, expression: str, words: str
) -> None:
    execution = _show(workshop, expression.replace("{url}", server.address("")))
    assert execution.state is State.FAILED
    assert words.replace("{url}", server.address("")) in workshop.messages(execution)[-1]


def test_the_engine_goes_on_while_an_expression_waits(workshop: Workshop, server: AnsweringServer) -> None:
    revision = workshop.add(
        f"""
    id: waiting
    namespace: company.team
    tasks:
      - id: show
        type: io.kestra.plugin.core.log.Log
        message: "{{{{ http('{server.address("/hang")}') }}}}"
    """
    )
    waiting = workshop.engine.create(revision.namespace, revision.flow_id)
    assert server.reached.wait(10)
    assert _show(workshop, "'meanwhile'").state is State.SUCCESS
    workshop.engine.kill(waiting.id)
    assert workshop.engine.wait(waiting.id, 10).state is State.KILLED


def test_the_dispatcher_never_waits(workshop: Workshop, server: AnsweringServer) -> None:
    execution = _show(workshop, "'never'", runIf=f"\"{{{{ http('{server.address('/ping')}') }}}}\"")
    assert execution.state is State.FAILED
    assert server.asked == []
