"""A repository without a Git host."""

from __future__ import annotations

from gitops.providers.none import NoHost
from gitops.providers.provider import CommitStatus, Push, StatusState
from tests.stubs.github import webhook

OLD, NEW = "a" * 40, "b" * 40


def test_nothing_is_posted_and_nothing_is_read() -> None:
    nowhere = NoHost("/srv/flows.git")
    nowhere.post_status(NEW, CommitStatus("gitops", StatusState.SUCCESS, "done"))
    assert nowhere.last_status(NEW, "gitops") is None


def test_our_own_hook_needs_no_event_header() -> None:
    headers, body = webhook({"ref": "refs/heads/main", "before": OLD, "after": NEW}, secret="s")
    bare = {name: headers[name] for name in ("Content-Type", "X-Hub-Signature-256")}
    assert NoHost("/srv/flows.git").read_webhook(bare, body, ["s"]) == Push("refs/heads/main", OLD, NEW)
