"""`gitops status`: where each repository is, its newest commits, and the statuses sent for them."""

from __future__ import annotations

import argparse
from typing import Any

from gitops.cli.client import Client, add_server_argument
from gitops.cli.commit_text import print_commit

EXAMPLE = """\
examples:
  gitops status               every repository
  gitops status flows -n 20   the twenty newest commits of one
"""

_SHORT = 7


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("repository", nargs="?", help="the repository's name; every repository when absent")
    parser.add_argument("-n", "--commits", type=int, default=3, metavar="N", help="how many commits (default: 3)")
    add_server_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the state of each repository; 1 when one has an error."""
    with Client(arguments.server) as client:
        return _status(client, arguments)


def _status(client: Client, arguments: argparse.Namespace) -> int:
    repositories = client.get("/repositories")
    wanted = [item for item in repositories if arguments.repository in (None, item["name"])]
    if not wanted:
        print(
            f"no repository `{arguments.repository}` is watched" if arguments.repository else "no repository is watched"
        )
        return 1
    for repository in wanted:
        _print_repository(client, repository, arguments.commits)
    return int(any(item.get("error") for item in wanted))


def _print_repository(client: Client, repository: dict[str, Any], commits: int) -> None:
    head, deployed = repository.get("head", "-")[:_SHORT], repository.get("deployed", "-")[:_SHORT]
    print(f"{repository['name']}  {repository['branch']} @ {head}, deployed {deployed}  {repository['url']}")
    if repository.get("error"):
        print(f"  error: {repository['error']}")
    for commit in client.get(f"/repositories/{repository['name']}/commits", size=commits)["results"]:
        detail = client.get(f"/repositories/{repository['name']}/commits/{commit['sha']}")
        print_commit(detail)
        for status in detail.get("statuses") or ():
            print(f"    status {status['context']}: {status['state']}, {status['description']}{_posting(status)}")


def _posting(status: dict[str, Any]) -> str:
    if status.get("error"):
        return f" (not posted: {status['error']})"
    return "" if status.get("postedAt") else " (not posted yet)"
