"""Gitea's part: what it documents about requests for commit statuses, and how its and Forgejo's webhooks look."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from tests.stubs.github import sign
from tests.stubs.host import HostStub, Request, Stored, ViolationError


class GiteaStub(HostStub):
    """Gitea's API for commit statuses; its `url` ends in /api/v1."""

    prefix: ClassVar[str] = "/api/v1"
    largest_page: ClassVar[int] = 50
    states: ClassVar[frozenset[str]] = frozenset({"pending", "success", "error", "failure", "warning"})
    page_parameter = "limit"

    def check_headers(self, request: Request) -> None:
        allowed = (f"token {self.token}", f"Bearer {self.token}")
        if request.headers.get("authorization") not in allowed:
            raise ViolationError("token is required", status=401)

    def check_status(self, sha: str, body: Mapping[str, Any]) -> None:
        if not isinstance(body.get("description", ""), str):
            raise ViolationError("description is no string")

    def render(self, stored: Stored) -> dict[str, Any]:
        return {
            "id": stored.id,
            "status": stored.state,
            "target_url": stored.target_url or "",
            "description": stored.description,
            "url": f"{self.url}/repos/acme/flows/statuses/{stored.sha}",
            "context": stored.context,
            "creator": {"id": 1, "login": "gitops-bot"},
            "created_at": "2026-11-23T00:19:03Z",
            "updated_at": "2026-11-23T00:19:03Z",
        }


def webhook(
    payload: Mapping[str, Any], *, secret: str, event: str = "push", forgejo: bool = False
) -> tuple[dict[str, str], bytes]:
    """The headers and the body with which Gitea, or Forgejo, delivers the payload."""
    body = json.dumps(payload, indent=2).encode()
    digits = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": sign(body, secret)}
    for brand in ("Forgejo", "Gitea", "Gogs") if forgejo else ("Gitea", "Gogs"):
        headers |= {f"X-{brand}-Delivery": "f6266f16-1bf3-46a5-9ea4-602e06ead473", f"X-{brand}-Event": event}
        headers[f"X-{brand}-Signature"] = digits
    headers |= {"X-GitHub-Delivery": headers["X-Gitea-Delivery"], "X-GitHub-Event": event}
    return headers, body


def push_payload(*, ref: str, before: str, after: str) -> dict[str, Any]:
    """The body of a push to acme/flows, in the members that every push has."""
    return {
        "ref": ref,
        "before": before,
        "after": after,
        "compare_url": "https://gitea.example.com/acme/flows/compare/before...after",
        "commits": [{"id": after, "message": "change", "added": ["flows/a.yml"], "removed": [], "modified": []}],
        "total_commits": 1,
        "head_commit": None,
        "pusher": {"id": 2, "login": "ada"},
        "sender": {"id": 2, "login": "ada"},
        "repository": {
            "id": 140,
            "full_name": "acme/flows",
            "private": True,
            "html_url": "https://gitea.example.com/acme/flows",
            "clone_url": "https://gitea.example.com/acme/flows.git",
            "ssh_url": "ssh://git@gitea.example.com:2222/acme/flows.git",
            "default_branch": "main",
        },
    }
