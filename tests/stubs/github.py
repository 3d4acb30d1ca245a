"""GitHub's part: what it documents about requests for commit statuses, and how its webhooks look."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from tests.stubs.host import HostStub, Request, Stored, ViolationError

STATUSES_PER_CONTEXT = 1000


class GitHubStub(HostStub):
    """GitHub's API for commit statuses; its `url` is what https://api.github.com is for the public host."""

    largest_page: ClassVar[int] = 100
    states: ClassVar[frozenset[str]] = frozenset({"error", "failure", "pending", "success"})
    page_parameter = "per_page"

    def check_headers(self, request: Request) -> None:
        headers = request.headers
        if headers.get("authorization") != f"Bearer {self.token}":
            raise ViolationError("Bad credentials", status=401)
        if not headers.get("user-agent"):
            raise ViolationError("a User-Agent header is required", status=403)
        if headers.get("accept") != "application/vnd.github+json":
            raise ViolationError(f"accept {headers.get('accept')}")
        if headers.get("x-github-api-version") != "2022-11-28":
            raise ViolationError(f"api version {headers.get('x-github-api-version')}", status=400)

    def check_status(self, sha: str, body: Mapping[str, Any]) -> None:
        description = body.get("description", "")
        if not isinstance(description, str) or len(description) > 140:
            raise ViolationError("description is too long (maximum is 140 characters)")
        if len(self.statuses(sha, body["context"])) >= STATUSES_PER_CONTEXT:
            raise ViolationError("This SHA and context has reached the maximum number of statuses.")

    def render(self, stored: Stored) -> dict[str, Any]:
        return {
            "url": f"{self.url}/repos/acme/flows/statuses/{stored.sha}",
            "id": stored.id,
            "node_id": f"SC_{stored.id}",
            "avatar_url": "https://avatars.githubusercontent.com/u/1",
            "state": stored.state,
            "description": stored.description,
            "target_url": stored.target_url,
            "context": stored.context,
            "created_at": "2026-11-23T00:19:03Z",
            "updated_at": "2026-11-23T00:19:03Z",
            "creator": {"login": "gitops-bot", "id": 1, "type": "Bot"},
        }


def sign(body: bytes, secret: str) -> str:
    """The value of X-Hub-Signature-256."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def webhook(payload: Mapping[str, Any], *, secret: str, event: str = "push") -> tuple[dict[str, str], bytes]:
    """The headers and the body with which GitHub delivers the payload."""
    body = json.dumps(payload).encode()
    headers = {
        "Accept": "*/*",
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/044aadd",
        "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "X-GitHub-Event": event,
        "X-GitHub-Hook-ID": "292430182",
        "X-GitHub-Hook-Installation-Target-ID": "79929171",
        "X-GitHub-Hook-Installation-Target-Type": "repository",
        "X-Hub-Signature-256": sign(body, secret),
    }
    return headers, body


def push_payload(*, ref: str, before: str, after: str) -> dict[str, Any]:
    """The body of a push to acme/flows, in the members that every push has."""
    return {
        "ref": ref,
        "before": before,
        "after": after,
        "created": not before.strip("0"),
        "deleted": not after.strip("0"),
        "forced": False,
        "base_ref": None,
        "compare": "https://github.com/acme/flows/compare/before...after",
        "commits": [{"id": after, "message": "change", "added": ["flows/a.yml"], "removed": [], "modified": []}],
        "head_commit": None,
        "pusher": {"name": "ada", "email": "ada@example.com"},
        "sender": {"login": "ada", "id": 2, "type": "User"},
        "repository": {
            "id": 186853002,
            "full_name": "acme/flows",
            "private": True,
            "html_url": "https://github.com/acme/flows",
            "clone_url": "https://github.com/acme/flows.git",
            "ssh_url": "git@github.com:acme/flows.git",
            "git_url": "git://github.com/acme/flows.git",
            "default_branch": "main",
        },
    }
