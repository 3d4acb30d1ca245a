"""A repository to read and to mirror."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stubs.repository import BareRepository


@pytest.fixture
def origin(tmp_path: Path) -> BareRepository:
    return BareRepository(tmp_path / "origin.git")
