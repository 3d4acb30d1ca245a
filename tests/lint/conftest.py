"""What the linter's tests share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gitops.lint.schema.kinds import Schema


@pytest.fixture(scope="session")
def schema() -> Schema:
    """A small schema in the shape that the catalogue's has."""
    loaded: Schema = json.loads((Path(__file__).parent / "schema.json").read_text())
    return loaded
