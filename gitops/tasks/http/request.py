"""Send one HTTP request and keep the answer.

## Example
    id: ask
    namespace: company.team
    tasks:
      - id: products
        type: io.kestra.plugin.core.http.Request
        uri: http://127.0.0.1:8080/ping
"""

from __future__ import annotations

import contextlib
import socket
from typing import Annotated, Any, ClassVar, Literal

import httpx
from pydantic import BaseModel, Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import Duration, Templated, TemplatedStr

_LARGEST_BODY = 10 * 1024 * 1024
_ERROR_STATUS = 400
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 300.0

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"]


class BasicAuth(Model):
    """A user name and a password."""

    type: Literal["BASIC"]
    username: TemplatedStr = Field(description="The user name.")
    password: TemplatedStr = Field(description="The password; use `secret()`.")


class BearerAuth(Model):
    """A token."""

    type: Literal["BEARER"]
    token: TemplatedStr = Field(description="The token; use `secret()`.")


class Timeout(Model):
    """How long to wait for the other side."""

    connect_timeout: Templated[Duration] | None = Field(None, description="For the connection.")
    read_idle_timeout: Templated[Duration] | None = Field(None, description="For the next part of the answer.")


class Options(Model):
    """How the request is sent."""

    timeout: Timeout | None = Field(None, description="How long to wait.")
    auth: Annotated[BasicAuth | BearerAuth, Field(discriminator="type")] | None = Field(
        None, description="Who is asking."
    )
    follow_redirects: Templated[bool] = Field(True, description="Whether to go where the answer points.")
    allow_failed: Templated[bool] = Field(False, description="Whether a status of 400 or more is a success.")


class RequestOutput(Model):
    """The answer."""

    uri: str = Field(description="The address that answered.")
    code: int = Field(description="The HTTP status.")
    headers: dict[str, list[str]] = Field(description="The headers, each with all its values.")
    body: str | None = Field(None, description="The body as text.")


class Request(Runnable):
    """Send one HTTP request; a status of 400 or more is a failure."""

    Output: ClassVar[type[BaseModel]] = RequestOutput

    type: Literal["io.kestra.plugin.core.http.Request"]
    uri: TemplatedStr = Field(description="The address.")
    method: Templated[Method] = Field("GET", description="The HTTP method.")
    params: Templated[dict[str, Any]] | None = Field(None, description="Query parameters.")
    headers: Templated[dict[str, Any]] | None = Field(None, description="Headers.")
    body: TemplatedStr | None = Field(None, description="The body as text.")
    form_data: Templated[dict[str, Any]] | None = Field(None, description="Form fields, sent in place of a body.")
    content_type: TemplatedStr | None = Field(None, description="The body's type; JSON unless said otherwise.")
    options: Options = Field(default_factory=Options, description="How the request is sent.")
    allow_failed: Templated[bool] = Field(False, description="Whether a status of 400 or more is a success.")

    def run(self, context: RunContext) -> RequestOutput:
        """Send the request; the connection is closed when the attempt is killed."""
        connections = _Connections()
        context.on_kill(connections.cut)
        with httpx.Client(timeout=self._timeout(), follow_redirects=self.options.follow_redirects) as client:
            try:
                with client.stream(
                    self.method, self.uri, auth=self._auth(), extensions={"trace": connections.note}, **self._content()
                ) as response:
                    output = _read(response)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise TaskFailed(f"{self.method} {_shown(self.uri)}: {str(error) or type(error).__name__}") from error
        if output.code >= _ERROR_STATUS and not (self.allow_failed or self.options.allow_failed):
            message = f"{self.method} {_shown(self.uri)} answered {output.code}; set `options.allowFailed` to accept it"
            raise TaskFailed(message, outputs=output.model_dump(by_alias=True, exclude_none=True))
        return output

    def _timeout(self) -> httpx.Timeout:
        limits = self.options.timeout or Timeout()
        connect, read = limits.connect_timeout, limits.read_idle_timeout
        return httpx.Timeout(
            read.total_seconds() if read else _READ_SECONDS,
            connect=connect.total_seconds() if connect else _CONNECT_SECONDS,
        )

    def _auth(self) -> httpx.Auth | None:
        auth = self.options.auth
        return httpx.BasicAuth(auth.username, auth.password) if isinstance(auth, BasicAuth) else None

    def _content(self) -> dict[str, Any]:
        headers = {name: str(value) for name, value in (self.headers or {}).items()}
        if isinstance(self.options.auth, BearerAuth):
            headers["Authorization"] = f"Bearer {self.options.auth.token}"
        if self.form_data is None or self.content_type is not None:
            headers.setdefault("Content-Type", self.content_type or "application/json")
        content: dict[str, Any] = {"headers": headers, "params": self.params}
        return {**content, "data": self.form_data} if self.form_data is not None else {**content, "content": self.body}


class _Connections:
    """The sockets of a request, so that another thread can cut them: closing the client would not wake a reader."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._is_cut = False

    def note(self, event: str, details: dict[str, Any]) -> None:
        """Hear of every step that httpcore takes; only new connections matter."""
        if event == "connection.connect_tcp.complete":
            self._sockets.append(details["return_value"].get_extra_info("socket"))
            if self._is_cut:
                self.cut()

    def cut(self) -> None:
        """End every connection now and from now on."""
        self._is_cut = True
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _read(response: httpx.Response) -> RequestOutput:
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > _LARGEST_BODY:
            raise TaskFailed(
                f"{_shown(str(response.url))} answered more than 10 MiB; use http.Download for large bodies"
            )
    try:
        text = body.decode(response.encoding or "utf-8")
    except (UnicodeDecodeError, LookupError):
        raise TaskFailed(f"{_shown(str(response.url))} answered a body that is not text") from None
    headers = {name: response.headers.get_list(name) for name in response.headers}
    return RequestOutput(uri=str(response.url), code=response.status_code, headers=headers, body=text)


def _shown(uri: str) -> str:
    """The address without its user and query, which may hold secrets."""
    return uri.split("?", 1)[0].rsplit("@", 1)[-1] if "@" in uri else uri.split("?", 1)[0]
