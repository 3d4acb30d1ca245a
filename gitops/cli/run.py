"""`gitops run`: run one flow here, without a server, and stream its log."""

from __future__ import annotations

import argparse
import base64
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from gitops.cli.given_inputs import given_inputs, read_pairs
from gitops.errors import InvalidUsage
from gitops.language.document import parse

if TYPE_CHECKING:
    from gitops.app import App
    from gitops.language.flow import Flow

EXAMPLE = """\
examples:
  gitops run hello.yml
  gitops run report.yml --input day=2026-01-31 --input dry=true
  gitops run import.yml --input table=rows.csv
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", type=Path, help="the flow")
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="ID=VALUE",
        help="a value for an input, @FILE for a file; may be repeated",
    )


def run(arguments: argparse.Namespace) -> int:
    """Lint the flow, run it, print its log as it comes; 0 when it ends in SUCCESS or WARNING."""
    from gitops.app import App
    from gitops.cli.log_stream import LogStream
    from gitops.execution.state import State
    from gitops.settings import Settings

    pairs = read_pairs(arguments.input)
    if not arguments.file.is_file():
        raise InvalidUsage(f"there is no file {arguments.file}")
    if _has_errors(arguments.file):
        return 1
    key = base64.b64encode(os.urandom(32)).decode()
    with (
        tempfile.TemporaryDirectory(prefix="gitops-run-") as folder,
        App.open(Settings.model_validate({"data": folder, "encryption_key": key})) as app,
    ):
        flow = _add(app, arguments.file)
        given = given_inputs(flow, pairs)
        app.start()
        execution = app.engine.create(flow.namespace, flow.id, inputs=given.values, uploads=given.uploads)
        ended = LogStream(app, execution.id, sys.stdout).follow()
    return int(ended.state not in (State.SUCCESS, State.WARNING))


def _add(app: App, file: Path) -> Flow:
    """Make the flow known to a store that is thrown away afterwards; raises InvalidUsage when it cannot be run."""
    from gitops.engine import clock
    from gitops.engine.revisions import read_source
    from gitops.language.unavailable import unavailable
    from gitops.store.flows import Revision

    source = file.read_text()
    flow = read_source(source, app.kinds)
    for missing in unavailable(flow):
        line = parse(source).span(missing.path).line
        raise InvalidUsage(f"{file}:{line}: this version of gitops does not act on {missing.words}")
    revision = Revision(namespace=flow.namespace, flow_id=flow.id, source=source, created_at=clock.now())
    app.store.journal.write(lambda connection: app.store.flows.add(connection, revision))
    return flow


def _has_errors(file: Path) -> bool:
    """Lint the flow; what is found is printed, a clean flow is worth no line."""
    from gitops.cli.configuration_files import as_here
    from gitops.cli.flow_files import read_paths
    from gitops.cli.lint_output import show
    from gitops.lint.linter import lint
    from gitops.lint.schema.shipped import load_schema

    selection = as_here(read_paths([file], base=None, root=None))
    report = lint(selection.files, schema=load_schema(), options=selection.options._replace(root=None))
    if report.findings:
        show(report, selection)
    return report.failed
