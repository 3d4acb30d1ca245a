"""gitops as people install it: from this checkout, in a virtual environment without the tools of its developers.

Some libraries import what they find (httpx loads a terminal's colours where these are installed), so that the service
of a developer's environment starts later and is larger.
"""

from __future__ import annotations

import subprocess
import venv
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[2]
CACHE = _ROOT / ".bench"
"""Where the environments of a benchmark are."""


@cache
def gitops() -> str:
    """The program, installed anew from the checkout; its dependencies only when they are not there."""
    folder = CACHE / "gitops"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        _install(python, str(_ROOT))
        (folder / "complete").touch()
    _install(python, "--no-deps", "--force-reinstall", str(_ROOT))
    return str(python.with_name("gitops"))


def _install(python: Path, *what: str) -> None:
    subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *what], check=True)
