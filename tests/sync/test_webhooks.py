"""Webhooks: a genuine push of a branch wakes its repository, once; everything else wakes nobody."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest

from gitops.errors import BadSignature, NotFound, ProviderRefused
from gitops.sync.watcher import Watcher
from gitops.sync.webhooks import Webhooks
from tests.stubs.github import push_payload, sign, webhook
from tests.sync.world import World, flow

_ZERO = "0" * 40
_SHA = "a" * 40
_WAIT = 20.0


class _Recorder(Watcher):
    """A watcher that only writes down who is woken."""

    def __init__(self) -> None:
        self.woken: list[str] = []

    def wake(self, name: str) -> None:
        self.woken.append(name)


@pytest.fixture
def watcher() -> _Recorder:
    return _Recorder()


@pytest.fixture
def webhooks(hosted: World, watcher: _Recorder) -> Webhooks:
    repository = replace(hosted.repository, webhook_secrets=("new secret", "old secret"))
    return Webhooks(hosted.store, {"flows": repository}, watcher, now=hosted.clock)


def _push(
    secret: str = "new secret", *, ref: str = "refs/heads/main", after: str = _SHA
) -> tuple[dict[str, str], bytes]:
    return webhook(push_payload(ref=ref, before=_ZERO, after=after), secret=secret)


@pytest.mark.parametrize("secret", ["new secret", "old secret"])
def test_a_push_that_is_signed_with_a_live_secret_wakes(webhooks: Webhooks, watcher: _Recorder, secret: str) -> None:
    assert webhooks.receive("flows", *_push(secret))
    assert watcher.woken == ["flows"]


def test_the_deletion_of_a_branch_wakes_too(webhooks: Webhooks, watcher: _Recorder) -> None:
    assert webhooks.receive("flows", *_push(after=_ZERO))


@pytest.mark.parametrize("secret", ["wrong", ""])
def test_a_wrong_signature_is_refused(webhooks: Webhooks, watcher: _Recorder, secret: str) -> None:
    with pytest.raises(BadSignature):
        webhooks.receive("flows", *_push(secret))
    assert watcher.woken == []


def test_a_repository_without_a_secret_takes_no_webhook(hosted: World, watcher: _Recorder) -> None:
    webhooks = Webhooks(hosted.store, {"flows": hosted.repository}, watcher, now=hosted.clock)

    with pytest.raises(BadSignature):
        webhooks.receive("flows", *_push())


def test_a_repeated_delivery_wakes_nobody(webhooks: Webhooks, watcher: _Recorder) -> None:
    assert webhooks.receive("flows", *_push())
    assert not webhooks.receive("flows", *_push())
    assert watcher.woken == ["flows"]


def test_a_refused_delivery_may_come_again_rightly_signed(webhooks: Webhooks, watcher: _Recorder) -> None:
    with pytest.raises(BadSignature):
        webhooks.receive("flows", *_push("wrong"))

    assert webhooks.receive("flows", *_push())


def test_a_delivery_without_an_id_always_wakes(webhooks: Webhooks, watcher: _Recorder) -> None:
    headers, body = _push()
    del headers["X-GitHub-Delivery"]

    assert webhooks.receive("flows", headers, body)
    assert webhooks.receive("flows", headers, body)


def test_tags_and_other_events_wake_nobody(webhooks: Webhooks, watcher: _Recorder) -> None:
    assert not webhooks.receive("flows", *_push(ref="refs/tags/v1"))
    assert not webhooks.receive("flows", *webhook({"zen": "Be calm."}, secret="new secret", event="ping"))
    assert watcher.woken == []


def test_a_genuine_body_that_is_no_push_is_refused(webhooks: Webhooks) -> None:
    body = json.dumps({"ref": 1}).encode()
    headers, _ = _push()

    with pytest.raises(ProviderRefused):
        webhooks.receive("flows", headers | {"X-Hub-Signature-256": sign(body, "new secret")}, body)


def test_an_unknown_repository_is_not_found(webhooks: Webhooks) -> None:
    with pytest.raises(NotFound, match="there is no repository `other` in the settings"):
        webhooks.receive("other", *_push())


def test_a_webhook_brings_about_a_deployment(hosted: World) -> None:
    deployed = threading.Event()

    def checkpoint(step: str) -> None:
        if step == "applied":
            deployed.set()

    hosted.push({"README.md": "Flows."})
    repository = replace(hosted.repository, webhook_secrets=("new secret",))
    watcher = Watcher([repository], hosted.new_reconciler(checkpoint), every=lambda *_: None)
    webhooks = Webhooks(hosted.store, {"flows": repository}, watcher, now=hosted.clock)
    watcher.start()
    try:
        watcher.sync("flows")
        deployed.clear()
        sha = hosted.push({"company/team/hello.yml": flow("hello")})
        assert webhooks.receive("flows", *_push(after=sha))
        assert deployed.wait(_WAIT)
    finally:
        watcher.stop()

    assert hosted.row().deployed == sha
