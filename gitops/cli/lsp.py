"""`gitops lsp`: the language server that editors start."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from gitops.errors import InvalidUsage

if TYPE_CHECKING:
    from gitops.lsp.work_tree import TreeFiles

EXAMPLE = """\
examples:
  gitops lsp                over standard input and output, as editors start it
  gitops lsp --tcp 2087     over a port of this machine, for an editor that connects
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--tcp", type=int, metavar="PORT", help="listen on this port of 127.0.0.1 instead")
    parser.add_argument("--stdio", action="store_true", help="the default; some editors say it")


def run(arguments: argparse.Namespace) -> int:
    """Serve one editor until it goes."""
    try:
        from gitops.lsp.server import serve
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("gitops"):
            raise
        raise InvalidUsage("the language server is not installed; run `pip install 'gitops[lsp]'`") from error
    return serve(read_tree, port=arguments.tcp)


def read_tree(folder: str) -> TreeFiles:
    """The files of the work tree that a folder lies in, and what its configuration and its baseline say."""
    from gitops.cli.configuration_files import as_here
    from gitops.cli.flow_files import read_paths
    from gitops.lsp.work_tree import TreeFiles

    selection = as_here(read_paths([folder]))
    return TreeFiles(selection.files, selection.options, selection.top)
