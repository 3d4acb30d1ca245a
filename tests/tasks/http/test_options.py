"""The options of a request: today's names and those of before 0.22 mean the same."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from gitops.tasks.http.options import BasicAuth, BearerAuth, Options, Proxy, Timeout


def options(**properties: Any) -> Options:
    return Options.model_validate(properties)


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ({}, Timeout()),
        (
            {"connectTimeout": "PT1S", "readTimeout": "PT2S"},
            Timeout(connect_timeout=timedelta(seconds=1), read_idle_timeout=timedelta(seconds=2)),
        ),
        (
            {"timeout": {"connectTimeout": "PT3S"}, "connectTimeout": "PT1S", "readTimeout": "PT2S"},
            Timeout(connect_timeout=timedelta(seconds=3), read_idle_timeout=timedelta(seconds=2)),
        ),
        ({"readIdleTimeout": "PT9S", "connectionPoolIdleTimeout": "PT9S", "maxContentLength": 5}, Timeout()),
    ],
)
def test_time_limits(given: dict[str, Any], limits: Timeout) -> None:
    assert options(**given).time_limits() == limits


@pytest.mark.parametrize(
    ("given", "proxy"),
    [
        ({}, Proxy()),
        (
            {"proxyType": "HTTP", "proxyAddress": "p", "proxyPort": 1, "proxyUsername": "u", "proxyPassword": "w"},
            Proxy(type="HTTP", address="p", port=1, username="u", password="w"),
        ),
        ({"proxy": {"type": "SOCKS"}, "proxyType": "HTTP"}, Proxy(type="SOCKS")),
    ],
)
def test_proxies(given: dict[str, Any], proxy: Proxy) -> None:
    assert options(**given).route() == proxy


@pytest.mark.parametrize(
    ("given", "identity"),
    [
        ({}, None),
        ({"basicAuthUser": "u"}, BasicAuth(type="BASIC", username="u")),
        (
            {"auth": {"type": "BEARER", "token": "t"}, "basicAuthUser": "u", "basicAuthPassword": "w"},
            BearerAuth(type="BEARER", token="t"),
        ),
    ],
)
def test_identities(given: dict[str, Any], identity: object) -> None:
    assert options(**given).identity() == identity


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        ({}, ()),
        ({"logLevel": "INFO"}, ("RESPONSE_HEADERS",)),
        ({"logLevel": "DEBUG"}, ("REQUEST_HEADERS", "RESPONSE_HEADERS")),
        ({"logLevel": "TRACE"}, ("REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS", "RESPONSE_BODY")),
        ({"logLevel": "WARN"}, ()),
        ({"logLevel": "TRACE", "logs": ["RESPONSE_BODY"]}, ("RESPONSE_BODY",)),
    ],
)
def test_logged_parts(given: dict[str, Any], parts: tuple[str, ...]) -> None:
    assert options(**given).logged_parts() == parts
