"""How a request is sent: time limits, proxy, authentication, certificates, and what counts as a success.

Names of before 0.22 stand beside today's; where both are given, today's count.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from gitops.language.model import Model, deprecated
from gitops.language.scalars import Duration, Templated, TemplatedStr
from gitops.language.size import Size

ProxyType = Literal["DIRECT", "HTTP", "SOCKS"]
Part = Literal["REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS", "RESPONSE_BODY"]
Status = Annotated[int, Field(ge=100, le=599)]
Port = Annotated[int, Field(ge=1, le=65535)]

_NO_SOCKS: dict[str, Any] = {"x-unavailable-values": ["SOCKS"]}
_NO_EFFECT = deprecated("it has no effect; remove it")


class BasicAuth(Model):
    """A user name and a password, sent with the request."""

    type: Literal["BASIC"]
    username: TemplatedStr | None = Field(None, description="The user name.")
    password: TemplatedStr | None = Field(None, description="The password; use `secret()`.")


class BearerAuth(Model):
    """A token, sent with the request."""

    type: Literal["BEARER"]
    token: TemplatedStr | None = Field(None, description="The token; use `secret()`.")


class DigestAuth(Model):
    """A user name and a password that answer the server's challenge, so that the password is never sent."""

    type: Literal["DIGEST"]
    username: TemplatedStr | None = Field(None, description="The user name.")
    password: TemplatedStr | None = Field(None, description="The password; use `secret()`.")


Auth = BasicAuth | BearerAuth | DigestAuth


class Timeout(Model):
    """How long to wait for the other side."""

    connect_timeout: Templated[Duration] | None = Field(None, description="For the connection; ten seconds by default.")
    read_idle_timeout: Templated[Duration] | None = Field(
        None, description="For the next part of the answer; five minutes by default."
    )


class Proxy(Model):
    """The server that passes the request on."""

    type: Templated[ProxyType] = Field("DIRECT", description="The kind of proxy.", json_schema_extra=_NO_SOCKS)
    address: TemplatedStr | None = Field(None, description="The name or address of the proxy.")
    port: Templated[Port] | None = Field(None, description="The port of the proxy.")
    username: TemplatedStr | None = Field(None, description="Who is asking the proxy.")
    password: TemplatedStr | None = Field(None, description="The password for the proxy; use `secret()`.")


class Ssl(Model):
    """How the other side proves who it is."""

    insecure_trust_all_certificates: Templated[bool] | None = Field(
        None, description="Whether every certificate is trusted, whoever signed it; for tests only."
    )


class Options(Model):
    """How the request is sent."""

    timeout: Timeout | None = Field(None, description="How long to wait.")
    proxy: Proxy | None = Field(None, description="The server that passes the request on.")
    auth: Annotated[Auth, Field(discriminator="type")] | None = Field(None, description="Who is asking.")
    ssl: Ssl | None = Field(None, description="Which certificates are trusted.")
    follow_redirects: Templated[bool] = Field(True, description="Whether to go where the answer points.")
    allow_failed: Templated[bool] = Field(False, description="Whether a status of 400 or more is a success.")
    allowed_response_codes: Templated[tuple[Status, ...]] = Field(
        (), description="The only statuses that are a success; they count more than `allowFailed`."
    )
    default_charset: TemplatedStr = Field("UTF-8", description="The character set that the body is sent in.")
    logs: Templated[tuple[Part, ...]] = Field((), description="The parts of request and answer that are logged.")

    connect_timeout: Templated[Duration] | None = Field(
        None,
        description="How long to wait for the connection.",
        json_schema_extra=deprecated("use `timeout.connectTimeout`"),
    )
    read_timeout: Templated[Duration] | None = Field(
        None,
        description="How long to wait for the next part of the answer.",
        json_schema_extra=deprecated("use `timeout.readIdleTimeout`"),
    )
    proxy_type: Templated[ProxyType] | None = Field(
        None,
        description="The kind of proxy.",
        json_schema_extra={**deprecated("use `proxy.type`"), **_NO_SOCKS},
    )
    proxy_address: TemplatedStr | None = Field(
        None, description="The name or address of the proxy.", json_schema_extra=deprecated("use `proxy.address`")
    )
    proxy_port: Templated[Port] | None = Field(
        None, description="The port of the proxy.", json_schema_extra=deprecated("use `proxy.port`")
    )
    proxy_username: TemplatedStr | None = Field(
        None, description="Who is asking the proxy.", json_schema_extra=deprecated("use `proxy.username`")
    )
    proxy_password: TemplatedStr | None = Field(
        None, description="The password for the proxy.", json_schema_extra=deprecated("use `proxy.password`")
    )
    basic_auth_user: TemplatedStr | None = Field(
        None, description="The user name.", json_schema_extra=deprecated("use `auth` with `type: BASIC`")
    )
    basic_auth_password: TemplatedStr | None = Field(
        None, description="The password.", json_schema_extra=deprecated("use `auth` with `type: BASIC`")
    )
    log_level: Templated[Literal["ALL", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF", "NOT_SPECIFIED"]] | None = (
        Field(None, description="How much is logged.", json_schema_extra=deprecated("use `logs`"))
    )
    read_idle_timeout: Templated[Duration] | None = Field(
        None, description="Has no effect.", json_schema_extra=deprecated("use `timeout.readIdleTimeout`")
    )
    connection_pool_idle_timeout: Templated[Duration] | None = Field(
        None, description="Has no effect.", json_schema_extra=_NO_EFFECT
    )
    max_content_length: Templated[Size] | None = Field(None, description="Has no effect.", json_schema_extra=_NO_EFFECT)

    def time_limits(self) -> Timeout:
        """The time limits, whichever way they are written."""
        limits = self.timeout or Timeout()
        return Timeout(
            connect_timeout=limits.connect_timeout or self.connect_timeout,
            read_idle_timeout=limits.read_idle_timeout or self.read_timeout,
        )

    def route(self) -> Proxy:
        """The proxy, whichever way it is written."""
        return self.proxy or Proxy(
            type=self.proxy_type or "DIRECT",
            address=self.proxy_address,
            port=self.proxy_port,
            username=self.proxy_username,
            password=self.proxy_password,
        )

    def identity(self) -> Auth | None:
        """Who is asking, whichever way it is written."""
        if self.auth is not None or self.basic_auth_user is None:
            return self.auth
        return BasicAuth(type="BASIC", username=self.basic_auth_user, password=self.basic_auth_password)

    def logged_parts(self) -> tuple[Part, ...]:
        """The parts that are logged, whichever way they are written."""
        return self.logs or _BY_LEVEL.get(self.log_level or "OFF", ())


_BY_LEVEL: dict[str, tuple[Part, ...]] = {
    "ALL": ("REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS", "RESPONSE_BODY"),
    "TRACE": ("REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS", "RESPONSE_BODY"),
    "DEBUG": ("REQUEST_HEADERS", "RESPONSE_HEADERS"),
    "INFO": ("RESPONSE_HEADERS",),
}
