"""The same work on other engines, measured in the same run, each in a virtual environment of its own in `.bench/`.

Their packages are no dependencies of ours: where one cannot be installed, its figures are missing and the run says why.
"""

from __future__ import annotations

import json
import subprocess
import venv
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.bench.installation import CACHE

_HERE = Path(__file__).parent
PACKAGES = {"DBOS": ("dbos==3.4.0",), "Prefect": ("prefect==3.8.0", "fastapi<0.150")}
LOOP_VALUES = 1_000
"""How many values the peers' loops have."""
_PATIENCE = 600


def of_peers(work: str) -> dict[str, float | None]:
    """What each peer takes for some work: seconds, MB or percent, None where it was not measured."""
    return {name: _measured(name).get(work) for name in PACKAGES}


@cache
def _measured(name: str) -> Mapping[str, float]:
    """All figures of a peer, from one process of its own."""
    try:
        python = _environment(name)
        script = _HERE / f"{name.lower()}_peer.py"
        found: dict[str, float] = json.loads(_output([python, script]).splitlines()[-1])
    except (subprocess.SubprocessError, OSError, ValueError, IndexError) as error:
        reason = getattr(error, "stderr", None) or str(error)
        print(f"({name} is not measured: {str(reason).strip().splitlines()[-1]})")
        return {}
    return found


def _environment(name: str) -> Path:
    """The interpreter of the peer's environment, which is made when it is not there."""
    folder = CACHE / name.lower()
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        _output([python, "-m", "pip", "install", "-q", *PACKAGES[name], "psutil"])
        (folder / "complete").touch()
    return python


def _output(command: Sequence[Path | str]) -> str:
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE, cwd=CACHE)
    return ran.stdout
