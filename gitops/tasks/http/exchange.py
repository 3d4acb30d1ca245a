"""One request and its answer: sent, logged as asked, cut when the attempt is killed, failures put into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

import httpx

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext
from gitops.language.scalars import Level
from gitops.tasks.http.body import content_type, read_body
from gitops.tasks.http.client import open_client
from gitops.tasks.http.connections import Connections
from gitops.tasks.http.options import BearerAuth, Part
from gitops.tasks.http.request_properties import RequestProperties

_SECRET = {"authorization", "proxy-authorization", "cookie", "set-cookie"}


@contextmanager
def exchange(properties: RequestProperties, context: RunContext) -> Iterator[httpx.Response]:
    """The answer, its body still to be read; raises TaskFailed when there is none, also while the body is read."""
    connections = Connections()
    context.on_kill(connections.cut)
    with ExitStack() as open_things:
        client = open_things.enter_context(open_client(properties))
        try:
            request = client.build_request(
                properties.method,
                _url(properties),
                headers=_headers(properties),
                extensions={"trace": connections.note},
                **read_body(properties, context, open_things),
            )
            _log_request(properties, request, context)
            response = client.send(request, stream=True)
            open_things.callback(response.close)
            _log_headers(properties, "RESPONSE_HEADERS", response.headers, context)
            yield response
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = str(error) or type(error).__name__
            raise TaskFailed(f"{properties.method} {without_secrets(properties.uri)}: {reason}") from error


def headers_of(response: httpx.Response) -> dict[str, list[str]]:
    """The headers of an answer, each with all its values."""
    return {name: response.headers.get_list(name) for name in response.headers}


def measure_length(response: httpx.Response, context: RunContext) -> None:
    """Keep how many bytes the answer had, once it is read, as a metric."""
    tags = {"request.method": response.request.method, "response.code": str(response.status_code)}
    context.measure("counter", "response.length", response.num_bytes_downloaded, tags)


def without_secrets(uri: str) -> str:
    """The address without its user and query, which may hold secrets."""
    return uri.split("?", 1)[0].rsplit("@", 1)[-1] if "@" in uri else uri.split("?", 1)[0]


def _url(properties: RequestProperties) -> httpx.URL:
    url = httpx.URL(properties.uri)
    return url.copy_merge_params(properties.params) if properties.params else url


def _headers(properties: RequestProperties) -> httpx.Headers:
    headers = httpx.Headers({name: str(value) for name, value in (properties.headers or {}).items()}, encoding="utf-8")
    who = properties.options.identity()
    if isinstance(who, BearerAuth):
        headers["Authorization"] = f"Bearer {who.token or ''}"
    kind = content_type(properties)
    if kind is not None:
        headers.setdefault("Content-Type", kind)
    return headers


def _log_request(properties: RequestProperties, request: httpx.Request, context: RunContext) -> None:
    _log_headers(properties, "REQUEST_HEADERS", request.headers, context)
    if "REQUEST_BODY" in properties.options.logged_parts():
        text = properties.body if properties.form_data is None else str(properties.form_data)
        context.log(Level.INFO, f"REQUEST_BODY\n{text or ''}")


def _log_headers(properties: RequestProperties, part: Part, headers: Mapping[str, str], context: RunContext) -> None:
    if part in properties.options.logged_parts():
        shown = (f"{name}: {'******' if name.lower() in _SECRET else value}" for name, value in headers.items())
        context.log(Level.INFO, "\n".join((part, *shown)))
