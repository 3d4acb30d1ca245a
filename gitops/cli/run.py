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
    from gitops.cli.lint import run as lint
    from gitops.cli.log_stream import LogStream
    from gitops.execution.state import State
    from gitops.settings import Settings

    inputs = dict(_pair(text) for text in arguments.input)
    if not arguments.file.is_file():
        raise InvalidUsage(f"there is no file {arguments.file}")
    if lint(_lint_arguments(arguments.file)):
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


def _lint_arguments(file: Path) -> argparse.Namespace:
    """Lint this file quietly when it is clean: only findings are worth a line."""
    from gitops.cli.lint import add_arguments as add_lint_arguments

    parser = argparse.ArgumentParser()
    add_lint_arguments(parser)
    return parser.parse_args([str(file)])
