"""`gitops serve`: start the service."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path

# An execution of ten thousand task runs makes many objects and no cycles: at Python's own thresholds, looking for
# garbage took a sixth of its time.
_COLLECTIONS = (20_000, 20, 20)
EXAMPLE = """\
examples:
  gitops serve                          with ./gitops.yml and the environment
  gitops serve --settings prod.yml
  gitops serve --sample docs/guide/sample   with a sample repository made from a folder of flows
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--settings", type=Path, metavar="FILE", help="the settings (default: ./gitops.yml)")
    parser.add_argument("--host", help="the address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="the port to listen on (default: 8080; 0 takes a free one)")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="where everything is kept (default: .gitops)")
    parser.add_argument(
        "--sample", type=Path, metavar="FOLDER", help="make a bare repository of this folder's flows and watch it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    # What is imported stays, so looking for garbage among it is lost time: a tenth of the start, and more with each
    # later collection.
    gc.disable()
    from gitops.server.service import serve
    from gitops.settings import load_settings

    gc.freeze()
    gc.set_threshold(*_COLLECTIONS)
    gc.enable()

    given = {
        name: getattr(arguments, name) for name in ("host", "port", "data") if getattr(arguments, name) is not None
    }
    return serve(load_settings(arguments.settings, **given), sample=arguments.sample)
