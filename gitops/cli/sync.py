"""`gitops sync`: have the service fetch a repository now, and wait for the result."""

from __future__ import annotations

import argparse

from gitops.cli.client import Client, add_server_argument
from gitops.cli.commit_text import print_commit

EXAMPLE = """\
examples:
  gitops sync                 every repository
  gitops sync flows           one repository
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("repository", nargs="?", help="the repository's name; every repository when absent")
    add_server_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Sync and print each commit's result; 1 when one was refused or failed."""
    with Client(arguments.server) as client:
        watched = [arguments.repository] if arguments.repository else _watched(client)
        commits = [client.post(f"/repositories/{name}/sync", wait="true") for name in watched]
    for commit in commits:
        print_commit(commit)
    return int(any(commit["verdict"] in ("refused", "failed") for commit in commits))


def _watched(client: Client) -> list[str]:
    return [item["name"] for item in client.get("/repositories")]
