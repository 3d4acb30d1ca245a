"""What the tests of task types share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tasks.recording_context import RecordingContext


@pytest.fixture
def context(tmp_path: Path) -> RecordingContext:
    """A context with a working directory of its own."""
    return RecordingContext(tmp_path / "work")
