"""What is said about a mistake of ours: that it is one, and what helps to mend it."""

from __future__ import annotations

import os
import sys
import traceback

DEBUG = "GITOPS_DEBUG"
"""The environment variable that shows where it happened."""


def tell_bug(error: Exception, *, trace: bool = False) -> None:
    """Print what happened, where, and whom to tell."""
    if trace or os.environ.get(DEBUG):
        traceback.print_exception(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    print(f"gitops: internal error: {_kind(error)} ({last.filename}:{last.lineno})", file=sys.stderr)
    print(
        "This is a mistake in gitops and not in what you gave it. Please report it, with the lines above and what was "
        f"read; {DEBUG}=1 shows the whole way there.",
        file=sys.stderr,
    )


def _kind(error: Exception) -> str:
    return "".join(traceback.format_exception_only(error)).strip()
