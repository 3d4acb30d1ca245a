"""The httpx client that the options of a request describe."""

from __future__ import annotations

import ssl
from datetime import timedelta
from functools import cache

import httpx

from gitops.errors import TaskFailed
from gitops.tasks.http.options import BasicAuth, DigestAuth, Options, Proxy, Timeout
from gitops.tasks.http.request_properties import RequestProperties

_CONNECT = timedelta(seconds=10)
_READ = timedelta(minutes=5)


def open_client(properties: RequestProperties) -> httpx.Client:
    """A client to be closed by the caller; raises TaskFailed when the options make no sense."""
    options = properties.options
    return httpx.Client(
        auth=_auth(options),
        follow_redirects=options.follow_redirects,
        proxy=_proxy(options.route()),
        timeout=_timeout(options.time_limits()),
        verify=_trust(properties.trusts_all()),
    )


@cache
def _trust(everyone: bool) -> ssl.SSLContext:
    """Shared, because reading the authorities takes longer than a request."""
    return httpx.create_ssl_context(verify=not everyone)


def _timeout(limits: Timeout) -> httpx.Timeout:
    connect, read = limits.connect_timeout or _CONNECT, limits.read_idle_timeout or _READ
    return httpx.Timeout(read.total_seconds(), connect=connect.total_seconds())


def _auth(options: Options) -> httpx.Auth | None:
    who = options.identity()
    if isinstance(who, BasicAuth):
        return httpx.BasicAuth(who.username or "", who.password or "")
    if isinstance(who, DigestAuth):
        return httpx.DigestAuth(who.username or "", who.password or "")
    return None


def _proxy(proxy: Proxy) -> httpx.Proxy | None:
    if proxy.type == "DIRECT":
        return None
    if proxy.type != "HTTP":
        raise TaskFailed(f"options.proxy.type: expected DIRECT or HTTP, found {proxy.type}, which is not supported yet")
    if not proxy.address or not proxy.port:
        raise TaskFailed("options.proxy: expected `address` and `port` of the proxy")
    login = (proxy.username, proxy.password or "") if proxy.username else None
    return httpx.Proxy(f"http://{proxy.address}:{proxy.port}", auth=login)
