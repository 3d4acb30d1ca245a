"""The service with a checkpoint: `doomed_service.py STEP SETTINGS` kills its own process with -9 after that step."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from gitops.server.service import serve
from gitops.settings import load_settings


def main(step: str, settings: str) -> int:
    """Serve, until the step when one is named."""

    def checkpoint(reached: str) -> None:
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return serve(load_settings(Path(settings)), checkpoint=checkpoint)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
