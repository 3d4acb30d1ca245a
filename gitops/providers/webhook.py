"""Reading a signed webhook: the check of its signature over the raw bytes, and the push in its JSON body.

GitHub's form, which Gitea, Forgejo and our own hook scripts share; the hosts differ in header names only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence

from gitops.errors import BadSignature, ProviderRefused
from gitops.providers.provider import Push

SHOWN_LIMIT = 100

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REPOSITORY_URLS = ("clone_url", "ssh_url", "html_url")
_JSON = "application/json"
_SCHEME = "sha256="


def lower_names(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers with lower-case names."""
    return {name.lower(): value for name, value in headers.items()}


def check_signature(given: str | None, body: bytes, secrets: Sequence[str], *, header: str) -> None:
    """Raise BadSignature unless `given` is the hex HMAC-SHA256 of the body under one of the secrets."""
    usable = [secret for secret in secrets if secret]
    if not usable:
        raise BadSignature("the repository has no webhook secret, so no webhook is accepted; configure one")
    if not given:
        raise BadSignature(f"expected the header {header}, found none; configure the webhook's secret on the Git host")
    signatures = [hmac.new(secret.encode(), body, hashlib.sha256).hexdigest() for secret in usable]
    # Every secret is compared, so that the time taken does not tell which one was right.
    matches = [hmac.compare_digest(signature.encode(), given.encode(errors="replace")) for signature in signatures]
    if not any(matches):
        advice = "use the same secret on the Git host and here"
        raise BadSignature(f"the signature in {header} does not fit the body and the configured secrets; {advice}")


def strip_scheme(signature: str | None) -> str | None:
    """The hex digits of `sha256=…`; None for any other form, so that a weaker algorithm is never accepted."""
    if signature is None or not signature.startswith(_SCHEME):
        return None
    return signature.removeprefix(_SCHEME)


def read_push(content_type: str, body: bytes, *, delivery: str | None) -> Push:
    """The push in a body whose signature was checked; raises ProviderRefused when it is not one."""
    payload = _read_object(content_type, body)
    reference = payload.get("ref")
    if not isinstance(reference, str) or not reference.startswith("refs/"):
        raise ProviderRefused(f"expected a full ref such as refs/heads/main as `ref`, found {_show(reference)}")
    return Push(
        ref=reference,
        before=_read_commit(payload, "before"),
        after=_read_commit(payload, "after"),
        repository_urls=_read_urls(payload.get("repository")),
        delivery=delivery,
    )


def _read_object(content_type: str, body: bytes) -> dict[str, object]:
    found = content_type.partition(";")[0].strip().lower()
    if found != _JSON:
        advice = "choose it as the webhook's content type on the Git host"
        raise ProviderRefused(f"expected a webhook of content type {_JSON}, found `{found}`; {advice}")
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderRefused(f"expected a webhook with a JSON body, found something else: {error}") from error
    if not isinstance(payload, dict):
        raise ProviderRefused(f"expected a JSON object as the webhook's body, found {_show(payload)}")
    return payload


def _read_commit(payload: Mapping[str, object], name: str) -> str | None:
    value = payload.get(name)
    if not isinstance(value, str) or not _COMMIT.fullmatch(value):
        raise ProviderRefused(f"expected the id of a commit as `{name}`, found {_show(value)}")
    return value if value.strip("0") else None


def _read_urls(repository: object) -> tuple[str, ...]:
    if not isinstance(repository, dict):
        return ()
    urls = (repository.get(name) for name in _REPOSITORY_URLS)
    return tuple(url for url in urls if isinstance(url, str))


def _show(value: object) -> str:
    text = "nothing" if value is None else f"`{value}`"
    return text if len(text) <= SHOWN_LIMIT else text[: SHOWN_LIMIT - 2] + "…`"
