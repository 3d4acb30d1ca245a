"""Editors get the schema from the service, once."""

from __future__ import annotations

import httpx
import pytest

from gitops.app import App


@pytest.mark.parametrize("address", ["/api/v1/main/schemas/flow.json", "/api/v1/main/plugins/schemas/flow"])
def test_the_schema_is_that_of_the_service_and_is_sent_once(client: httpx.Client, app: App, address: str) -> None:
    answer = client.get(address)
    assert answer.json() == app.schema
    assert answer.headers["content-type"] == "application/schema+json"
    again = client.get(address, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
