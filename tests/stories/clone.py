"""A person's clone of a bare repository: edit, commit, push with the git program."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from textwrap import dedent

_NAMES = {
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@example.com",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder; returns what it printed."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **_NAMES}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()


class Clone:
    """A work tree over a bare repository that it makes."""

    def __init__(self, folder: Path, bare: Path) -> None:
        self.folder = folder
        self.bare = bare
        if not bare.exists():
            bare.mkdir(parents=True)
            git(bare, "init", "--quiet", "--bare", "--initial-branch=main")
        git(folder.parent, "clone", "--quiet", str(bare), str(folder))
        git(folder, "checkout", "--quiet", "-B", "main")

    def write(self, path: str, source: str) -> None:
        """Write a file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(source))

    def remove(self, path: str) -> None:
        """Remove a file."""
        (self.folder / path).unlink()

    def move(self, old: str, new: str) -> None:
        """Move a file."""
        (self.folder / new).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / old).rename(self.folder / new)

    def commit(self, message: str) -> str:
        """Commit everything; returns the commit."""
        git(self.folder, "add", "--all")
        git(self.folder, "commit", "--quiet", "--allow-empty", "--message", message)
        return git(self.folder, "rev-parse", "HEAD")

    def push(self, message: str, *, branch: str = "main", force: bool = False) -> str:
        """Commit everything and push it; returns the commit."""
        sha = self.commit(message)
        git(self.folder, "push", "--quiet", *(["--force"] if force else []), "origin", f"HEAD:refs/heads/{branch}")
        return sha


def flow(flow_id: str, *, namespace: str = "company.team", message: str = "hello", more: str = "") -> str:
    """A flow that logs a message."""
    return f"""\
id: {flow_id}
namespace: {namespace}
{more}tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{message}"
"""
