"""One suite for every provider: what the floors above rely on, whatever the host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from gitops.errors import BadSignature, ProviderRefused, ProviderUnavailable
from gitops.providers.provider import CommitStatus, Provider, Push, StatusState
from gitops.providers.table import PROVIDERS, make_provider
from tests.stubs import gitea, github
from tests.stubs.host import HostStub

URL = "https://host.example.com/acme/flows.git"
OLD, NEW, ZEROS = "a" * 40, "b" * 40, "0" * 40
CONTEXT = "gitops/production"

Webhook = Callable[..., tuple[dict[str, str], bytes]]


def local_payload(*, ref: str, before: str, after: str) -> dict[str, Any]:
    return {"ref": ref, "before": before, "after": after}


@dataclass(frozen=True)
class Host:
    """How one host speaks: its webhooks, and its API if it has one."""

    kind: str
    webhook: Webhook
    payload: Callable[..., dict[str, Any]]
    stub: type[HostStub] | None = None
    signature_header: str = "X-Hub-Signature-256"
    clone_url: str | None = None


HOSTS = {
    "github": Host(
        "github",
        github.webhook,
        github.push_payload,
        github.GitHubStub,
        clone_url="https://github.com/acme/flows.git",
    ),
    "gitea": Host(
        "gitea",
        gitea.webhook,
        gitea.push_payload,
        gitea.GiteaStub,
        signature_header="X-Gitea-Signature",
        clone_url="https://gitea.example.com/acme/flows.git",
    ),
    "forgejo": Host(
        "gitea",
        partial(gitea.webhook, forgejo=True),
        gitea.push_payload,
        gitea.GiteaStub,
        signature_header="X-Forgejo-Signature",
        clone_url="https://gitea.example.com/acme/flows.git",
    ),
    "none": Host("none", github.webhook, local_payload),
}
WITH_API = [name for name, host in HOSTS.items() if host.stub]


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest) -> Host:
    return HOSTS[request.param]


@pytest.fixture
def provider(host: Host) -> Provider:
    return make_provider(host.kind, url=URL, token="token")


@pytest.fixture(params=WITH_API)
def stub(request: pytest.FixtureRequest) -> Iterator[HostStub]:
    kind = HOSTS[request.param].stub
    assert kind is not None
    with kind() as running:
        yield running


@pytest.fixture
def posting(stub: HostStub, request: pytest.FixtureRequest) -> Provider:
    kind = "github" if isinstance(stub, github.GitHubStub) else "gitea"
    return make_provider(kind, url=URL, api_url=stub.url, token=stub.token)


def push(host: Host, **changes: str) -> dict[str, Any]:
    return host.payload(**({"ref": "refs/heads/main", "before": OLD, "after": NEW} | changes))


def lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def test_every_provider_of_the_table_is_in_this_suite() -> None:
    assert {host.kind for host in HOSTS.values()} == set(PROVIDERS)
    assert all(make_provider(kind, url=URL).name == kind for kind in PROVIDERS)


def test_a_signed_push_is_read(host: Host, provider: Provider) -> None:
    headers, body = host.webhook(push(host), secret="s3cret")
    read = provider.read_webhook(headers, body, ["s3cret"])
    assert read is not None
    assert (read.ref, read.before, read.after) == ("refs/heads/main", OLD, NEW)
    assert read.delivery
    assert (host.clone_url in read.repository_urls) is (host.clone_url is not None)


def test_zeros_stand_for_a_ref_that_is_not_there(host: Host, provider: Provider) -> None:
    created = provider.read_webhook(*host.webhook(push(host, before=ZEROS), secret="s"), ["s"])
    deleted = provider.read_webhook(*host.webhook(push(host, after=ZEROS), secret="s"), ["s"])
    assert isinstance(created, Push)
    assert isinstance(deleted, Push)
    assert (created.before, created.after) == (None, NEW)
    assert (deleted.before, deleted.after) == (OLD, None)


def test_header_names_have_no_case(host: Host, provider: Provider) -> None:
    headers, body = host.webhook(push(host), secret="s")
    assert provider.read_webhook(lower(headers), body, ["s"]) == provider.read_webhook(headers, body, ["s"])


def test_any_live_secret_may_have_signed(host: Host, provider: Provider) -> None:
    headers, body = host.webhook(push(host), secret="old")
    assert provider.read_webhook(headers, body, ["new", "old"]) is not None


def test_another_secret_is_refused(host: Host, provider: Provider) -> None:
    headers, body = host.webhook(push(host), secret="forged")
    with pytest.raises(BadSignature) as caught:
        provider.read_webhook(headers, body, ["s"])
    assert str(caught.value) == (
        f"the signature in {host.signature_header} does not fit the body and the configured secrets; "
        "use the same secret on the Git host and here"
    )


def test_a_changed_body_is_refused(host: Host, provider: Provider) -> None:
    headers, body = host.webhook(push(host), secret="s")
    with pytest.raises(BadSignature):
        provider.read_webhook(headers, body + b" ", ["s"])


def test_a_missing_signature_is_refused(host: Host, provider: Provider) -> None:
    headers, body = host.webhook(push(host), secret="s")
    unsigned = {name: value for name, value in headers.items() if "Signature" not in name}
    with pytest.raises(BadSignature, match=r"^expected the header X-"):
        provider.read_webhook(unsigned, body, ["s"])


@pytest.mark.parametrize("secrets", [[], [""]], ids=["none", "empty"])
def test_without_a_secret_every_webhook_is_refused(host: Host, provider: Provider, secrets: list[str]) -> None:
    headers, body = host.webhook(push(host), secret="")
    with pytest.raises(BadSignature, match="no webhook secret"):
        provider.read_webhook(headers, body, secrets)


def test_the_signature_is_checked_before_anything_is_parsed(host: Host, provider: Provider) -> None:
    headers, _ = host.webhook(push(host), secret="s")
    with pytest.raises(BadSignature):
        provider.read_webhook(headers | {"Content-Type": "text/plain"}, b"{", ["s"])


def test_a_genuine_webhook_about_something_else_is_no_push(host: Host, provider: Provider) -> None:
    headers, body = host.webhook({"zen": "Keep it logically awesome."}, secret="s", event="ping")
    assert provider.read_webhook(headers, body, ["s"]) is None


def test_only_json_is_read(host: Host, provider: Provider) -> None:
    headers, body = host.webhook(push(host), secret="s")
    with pytest.raises(ProviderRefused) as caught:
        provider.read_webhook(headers | {"Content-Type": "application/x-www-form-urlencoded"}, body, ["s"])
    assert str(caught.value) == (
        "expected a webhook of content type application/json, found `application/x-www-form-urlencoded`; "
        "choose it as the webhook's content type on the Git host"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"ref": "main"}, "expected a full ref such as refs/heads/main as `ref`, found `main`"),
        ({"ref": None}, "expected a full ref such as refs/heads/main as `ref`, found nothing"),
        ({"after": "HEAD"}, "expected the id of a commit as `after`, found `HEAD`"),
        ({"before": 7}, "expected the id of a commit as `before`, found `7`"),
        ({"after": "x" * 500}, f"expected the id of a commit as `after`, found `{'x' * 97}…`"),
    ],
)
def test_a_push_that_makes_no_sense_is_refused(
    host: Host, provider: Provider, change: dict[str, Any], message: str
) -> None:
    headers, body = host.webhook(push(host) | change, secret="s")
    with pytest.raises(ProviderRefused) as caught:
        provider.read_webhook(headers, body, ["s"])
    assert str(caught.value) == message


def test_a_status_is_posted_and_read_back(stub: HostStub, posting: Provider) -> None:
    status = CommitStatus(CONTEXT, StatusState.SUCCESS, "3 created, 1 updated", "https://gitops.example.com/ui/")
    posting.post_status(NEW, status)
    assert posting.last_status(NEW, CONTEXT) == status
    assert stub.wait_for(NEW, CONTEXT, "success").description == "3 created, 1 updated"
    assert stub.violations == []


@pytest.mark.parametrize("state", StatusState)
def test_every_state_is_the_hosts_own(stub: HostStub, posting: Provider, state: StatusState) -> None:
    posting.post_status(NEW, CommitStatus(CONTEXT, state, "x" * posting.description_limit))
    last = posting.last_status(NEW, CONTEXT)
    assert last is not None
    assert (last.state, last.target_url) == (state, None)
    assert stub.violations == []


def test_the_last_status_is_the_newest_of_its_context(stub: HostStub, posting: Provider) -> None:
    for state in (StatusState.PENDING, StatusState.FAILURE):
        posting.post_status(NEW, CommitStatus(CONTEXT, state, state))
        posting.post_status(NEW, CommitStatus("other", StatusState.SUCCESS, "fine"))
    last = posting.last_status(NEW, CONTEXT)
    assert last is not None
    assert last.state is StatusState.FAILURE
    assert posting.last_status(OLD, CONTEXT) is None
    assert posting.last_status(NEW, "third") is None


def test_the_last_status_is_found_behind_a_crowd(stub: HostStub, posting: Provider) -> None:
    stub.add(NEW, CONTEXT, "pending")
    for number in range(stub.largest_page * 2):
        stub.add(NEW, f"build {number}", "success")
    last = posting.last_status(NEW, CONTEXT)
    assert last is not None
    assert last.state is StatusState.PENDING
    assert [request.query["page"] for request in stub.requests] == ["1", "2", "3"]


@pytest.mark.parametrize("status", [500, 502, 503, 408])
def test_a_host_in_trouble_is_unavailable(stub: HostStub, posting: Provider, status: int) -> None:
    stub.fail_next(status=status, message="unicorn")
    with pytest.raises(ProviderUnavailable) as caught:
        posting.post_status(NEW, CommitStatus(CONTEXT, StatusState.PENDING, "…"))
    assert str(caught.value) == (
        f"POST {stub.url}/repos/acme/flows/statuses/{NEW}: the Git host answered {status}: unicorn"
    )
    assert caught.value.retry_after is None


def test_a_host_that_hangs_up_is_unavailable(stub: HostStub, posting: Provider) -> None:
    stub.drop_next()
    with pytest.raises(ProviderUnavailable, match="the Git host does not answer"):
        posting.last_status(NEW, CONTEXT)
    assert posting.last_status(NEW, CONTEXT) is None


def test_the_wait_that_the_host_asks_for_is_handed_on(stub: HostStub, posting: Provider) -> None:
    stub.fail_next(status=429, headers={"Retry-After": "17"})
    with pytest.raises(ProviderUnavailable) as caught:
        posting.last_status(NEW, CONTEXT)
    assert caught.value.retry_after == 17


def test_a_wrong_token_is_refused_and_stays_secret(stub: HostStub) -> None:
    kind = "github" if isinstance(stub, github.GitHubStub) else "gitea"
    intruder = make_provider(kind, url=URL, api_url=stub.url, token="guess-0123456789")
    with pytest.raises(ProviderRefused) as caught:
        intruder.post_status(NEW, CommitStatus(CONTEXT, StatusState.PENDING, "…"))
    assert str(caught.value).endswith("; check the repository's token")
    assert "guess" not in str(caught.value)
    assert stub.posted == []


def test_what_the_host_does_not_take_is_refused(stub: HostStub, posting: Provider) -> None:
    with pytest.raises(ProviderRefused, match="the Git host answered 422: context "):
        posting.post_status(NEW, CommitStatus("", StatusState.PENDING, "…"))
    assert stub.violations == ["context "]
