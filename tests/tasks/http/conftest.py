"""What the tests of the group share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tasks.http.answering_server import AnsweringServer, answering


@pytest.fixture
def server() -> Iterator[AnsweringServer]:
    """A plain HTTP server."""
    with answering() as running:
        yield running
