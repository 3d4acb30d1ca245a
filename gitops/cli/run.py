"""`gitops run`: run one flow here, without a server, and stream its log."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gitops.errors import InvalidUsage

if TYPE_CHECKING:
    from gitops.app import App
    from gitops.store.flows import Revision

EXAMPLE = """\
examples:
  gitops run hello.yml
  gitops run report.yml --input day=2026-01-31 --input dry=true
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, help="the flow")
    parser.add_argument(
        "--input", action="append", default=[], metavar="ID=VALUE", help="a value for an input; may be repeated"
    )


def run(arguments: argparse.Namespace) -> int:
    """Lint the flow, run it, print its log as it comes; 0 when it ends in SUCCESS or WARNING."""
    from gitops.app import App
    from gitops.cli.log_stream import LogStream
    from gitops.execution.state import State
    from gitops.settings import Settings

    inputs = dict(_pair(text) for text in arguments.input)
    if not arguments.file.is_file():
        raise InvalidUsage(f"there is no file {arguments.file}")
    if _has_errors(arguments.file):
        return 1
    with tempfile.TemporaryDirectory(prefix="gitops-run-") as folder, App.open(Settings(data=Path(folder))) as app:
        flow = _add(app, arguments.file.read_text())
        app.start()
        execution = app.engine.create(flow.namespace, flow.flow_id, inputs=inputs)
        ended = LogStream(app, execution.id, sys.stdout).follow()
    return int(ended.state not in (State.SUCCESS, State.WARNING))


def _add(app: App, source: str) -> Revision:
    """Make the flow known to a store that is thrown away afterwards."""
    from gitops.engine import clock
    from gitops.engine.revisions import read_source
    from gitops.store.flows import Revision

    flow = read_source(source, app.kinds)
    revision = Revision(namespace=flow.namespace, flow_id=flow.id, source=source, created_at=clock.now())
    return app.store.journal.write(lambda connection: app.store.flows.add(connection, revision))


def _pair(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InvalidUsage(f"--input: expected ID=VALUE, found `{text}`")
    return name, value


def _has_errors(file: Path) -> bool:
    """Lint the flow; what is found is printed, a clean flow is worth no line."""
    from gitops.cli.flow_files import read_paths
    from gitops.lint.kinds import load_schema
    from gitops.lint.linter import lint
    from gitops.lint.reporters import REPORTERS
    from gitops.lint.source import Options

    selection = read_paths([file], base=None, root=None)
    report = lint(selection.files, schema=load_schema(), options=Options())
    if report.findings:
        print(REPORTERS["text"](selection.as_seen_from_here(report), color=sys.stdout.isatty()), end="")
    return report.failed
