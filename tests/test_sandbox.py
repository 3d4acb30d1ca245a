"""The sandbox of the tests works: nobody's home is in reach."""

from __future__ import annotations

import os
from pathlib import Path


def test_home_is_a_temporary_folder() -> None:
    assert Path.home() == Path(os.environ["HOME"])
    assert "pytest" in str(Path.home())
