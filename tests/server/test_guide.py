"""The guide to the API names no address that there is not."""

from __future__ import annotations

import re
from pathlib import Path

from gitops.app import App
from gitops.server.server import create_app

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "api.md"


def test_each_request_of_the_guide_is_described(app: App) -> None:
    paths = create_app(app).openapi()["paths"]
    named = re.findall(r"`(GET|POST|PUT|DELETE) (/[^`?]+)`", GUIDE.read_text())
    described = {
        (method.upper(), re.sub(r":\w+}", "}", path.removeprefix("/api/v1/main")))
        for path, methods in paths.items()
        for method in methods
    }
    assert len(named) > 25
    assert set(named) <= described
    assert {method for method, path in described if path == "/executions/replay-with-inputs/by-query"} == {"POST"}
