"""What all tests share: no home, no settings of the machine, and the count of conformance cases at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kestra.count import pytest_addoption, pytest_terminal_summary

__all__ = ["pytest_addoption", "pytest_terminal_summary"]


@pytest.fixture(autouse=True, scope="session")
def _no_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, so that none of them can touch that of who runs them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CACHE_HOME", str(home / ".cache"))
        for name in ("GITHUB_ACTIONS", "TF_BUILD", "NO_COLOR", "FORCE_COLOR"):
            # What is printed would look another way on a build host.
            patch.delenv(name, raising=False)
        yield home
