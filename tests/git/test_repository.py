"""Opening repositories: where they are, whose they are, and what has been pushed but not accepted yet."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gitops.errors import GitFailed
from gitops.git.repository import open_repository
from gitops.git.snapshot import Snapshot, resolve
from tests.stubs.repository import BareRepository

HOOK = """#!/bin/sh
while read before after ref; do
  {python} - "$before" "$after" <<'END'
import sys
from pathlib import Path
from gitops.git.snapshot import Snapshot
before, after = sys.argv[1:]
taken = Snapshot(Path.cwd(), after)
changes = taken.changed(Snapshot(Path.cwd(), before) if before.strip("0") else None)
for change in changes:
    print(change.path, taken.read(change.new_blob, limit=100).decode())
sys.exit(1)
END
  exit 1
done
"""


def test_a_pre_receive_hook_reads_what_is_in_quarantine(tmp_path: Path, origin: BareRepository) -> None:
    first = origin.commit({"a.yml": "a"})
    hook = origin.path / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(HOOK.format(python=sys.executable))
    hook.chmod(0o755)
    pushing = BareRepository(tmp_path / "pushing.git")
    pushing.commit({"a.yml": "a"})
    second = pushing.commit({"b.yml": "hello"})
    outcome = subprocess.run(
        ["git", "-C", str(pushing.path), "push", "-q", origin.url, "main"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode != 0
    assert "remote: b.yml hello" in outcome.stderr
    assert resolve(origin.path, "main") == first
    with pytest.raises(GitFailed):
        Snapshot(origin.path, second)


def test_folders_that_are_gone_do_not_disturb(origin: BareRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(origin.path / "objects" / "incoming-gone"))
    monkeypatch.setenv("GIT_ALTERNATE_OBJECT_DIRECTORIES", f"{os.pathsep}/gone")
    commit = origin.commit({"a.yml": "a"})
    assert resolve(origin.path, "main") == commit


def test_a_folder_inside_a_repository_is_not_the_repository(origin: BareRepository) -> None:
    with pytest.raises(GitFailed, match=r"^expected a Git repository at "):
        open_repository(origin.path / "refs")


def test_a_repository_of_somebody_else_says_how_to_trust_it(
    tmp_path: Path, origin: BareRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(origin.path, 12345, 12345)
    with pytest.raises(GitFailed) as caught:
        open_repository(origin.path)
    assert str(caught.value) == (
        f"the Git repository {origin.path} belongs to another user; "
        f"to trust it, run `git config --global --add safe.directory {origin.path}`"
    )
