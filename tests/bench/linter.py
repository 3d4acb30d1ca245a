"""The linter as a person starts it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.timing import alternating, report
from tests.stories.clone import flow


def lint_one_file(rounds: int) -> None:
    """A whole process of the linter, beside a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "hello.yml")
        file.write_text(flow("hello"))
        lint, nothing = [sys.executable, "-m", "gitops", "lint", str(file)], [sys.executable, "-c", "pass"]
        ours, limit = alternating(
            rounds,
            lambda: subprocess.run(lint, check=True, capture_output=True),
            lambda: subprocess.run(nothing, check=True),
        )
    report("gitops lint of one file, whole process", ours, limit, "python -c pass")
