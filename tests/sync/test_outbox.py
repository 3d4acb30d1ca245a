"""The outbox: what was put into the store reaches the host, once, in order, and whatever the host does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from gitops.providers.provider import CommitStatus, StatusState
from gitops.store.database import Connection
from gitops.store.statuses import StatusRecord
from gitops.sync.outbox import Outbox, backoff
from tests.stubs.github import GitHubStub
from tests.sync.world import Crash, World

_SHA = "a" * 40
_OTHER = "b" * 40
_PENDING = CommitStatus("gitops", StatusState.PENDING, "linting", "https://gitops.example.org/1")
_SUCCESS = CommitStatus("gitops", StatusState.SUCCESS, "1 created", "https://gitops.example.org/1")


def _put(world: World, *statuses: CommitStatus, sha: str = _SHA, repository: str = "flows") -> None:
    def work(connection: Connection) -> None:
        for status in statuses:
            world.outbox.put(connection, repository, sha, status)

    # A process opens its outbox before it writes anything.
    world.clock.forward(1)
    world.store.journal.write(work)


def _sent(github: GitHubStub, sha: str = _SHA) -> list[tuple[str, str]]:
    return [(status.state, status.description) for status in github.statuses(sha)]


def _last(world: World, sha: str = _SHA) -> StatusRecord:
    return world.statuses(sha)[-1]


@contextmanager
def _running(outbox: Outbox) -> Iterator[None]:
    outbox.start()
    try:
        yield
    finally:
        outbox.stop()


def _crash_at(step: str) -> Callable[[str], None]:
    def checkpoint(reached: str) -> None:
        if reached == step:
            raise Crash(step)

    return checkpoint


def test_a_status_is_posted_as_it_was_put(hosted: World, github: GitHubStub) -> None:
    _put(hosted, _SUCCESS)

    hosted.outbox.post_due()

    (posted,) = github.posted
    assert (posted.sha, posted.context, posted.state) == (_SHA, "gitops", "success")
    assert (posted.description, posted.target_url) == ("1 created", "https://gitops.example.org/1")
    record = _last(hosted)
    assert (record.posted_at, record.attempts, record.error) == (hosted.clock(), 0, None)
    assert [request.method for request in github.requests] == ["POST"]
    assert github.violations == []


def test_what_was_posted_is_not_posted_again(hosted: World, github: GitHubStub) -> None:
    _put(hosted, _SUCCESS)

    hosted.outbox.post_due()
    hosted.outbox.post_due()
    hosted.new_outbox().post_due()

    assert len(github.posted) == 1


def test_only_the_newest_status_of_a_context_is_posted(hosted: World, github: GitHubStub) -> None:
    run = CommitStatus("gitops/run", StatusState.PENDING, "hello RUNNING")
    _put(hosted, _PENDING, run, _SUCCESS)

    hosted.outbox.post_due()

    assert _sent(github) == [("pending", "hello RUNNING"), ("success", "1 created")]


def test_a_long_description_is_cut_to_what_the_host_takes(hosted: World, github: GitHubStub) -> None:
    _put(hosted, CommitStatus("gitops", StatusState.ERROR, "x" * 200))

    hosted.outbox.post_due()

    assert _sent(github) == [("error", "x" * 139 + "…")]
    assert github.violations == []


def test_the_thread_posts_as_soon_as_the_writing_transaction_is_committed(hosted: World, github: GitHubStub) -> None:
    with _running(hosted.outbox):
        _put(hosted, _PENDING)
        github.wait_for(_SHA, "gitops", "pending")
        _put(hosted, _SUCCESS)
        github.wait_for(_SHA, "gitops", "success")

    assert _sent(github) == [("pending", "linting"), ("success", "1 created")]


class _Counting(Outbox):
    """An outbox that counts its rounds."""

    rounds = 0

    def post_due(self) -> None:
        self.rounds += 1
        super().post_due()


def test_while_nothing_waits_nothing_runs(hosted: World, github: GitHubStub) -> None:
    hosted.outbox = outbox = _Counting(hosted.store, [hosted.repository], now=hosted.clock)
    with _running(outbox):
        for number in range(3):
            _put(hosted, _SUCCESS, sha=f"{number:040x}")
            github.wait_for(f"{number:040x}", "gitops", "success")
        for _ in range(3):
            hosted.repository.mirror.fetch()

    assert outbox.rounds <= 4


def test_what_is_handed_over_is_not_overtaken(hosted: World, github: GitHubStub) -> None:
    with _running(hosted.outbox):
        for number in range(10):
            sha = f"{number:040x}"
            _put(hosted, _PENDING, sha=sha)
            hosted.outbox.hand_over()
            _put(hosted, _SUCCESS, sha=sha)
        for number in range(10):
            github.wait_for(f"{number:040x}", "gitops", "success")

    assert {tuple(_sent(github, f"{number:040x}")) for number in range(10)} == {
        (("pending", "linting"), ("success", "1 created"))
    }


def test_handing_over_to_an_outbox_that_does_not_run_returns(hosted: World) -> None:
    _put(hosted, _PENDING)

    hosted.outbox.hand_over()


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_host_in_trouble_is_tried_again(hosted: World, github: GitHubStub, status: int) -> None:
    github.fail_next(status=status)
    _put(hosted, _SUCCESS)

    hosted.outbox.post_due()

    record = _last(hosted)
    assert (record.posted_at, record.attempts, record.given_up) == (None, 1, False)
    assert str(status) in (record.error or "")
    assert 1 <= (record.not_before - hosted.clock()).total_seconds() <= 2
    hosted.outbox.post_due()
    assert len(github.requests) == 1

    hosted.clock.forward(2)
    hosted.outbox.post_due()
    assert _sent(github) == [("success", "1 created")]
    assert (_last(hosted).posted_at, _last(hosted).error) == (hosted.clock(), None)


def test_a_host_that_names_its_wait_gets_it(hosted: World, github: GitHubStub) -> None:
    github.fail_next(status=429, headers={"Retry-After": "120"})
    _put(hosted, _SUCCESS)

    hosted.outbox.post_due()

    assert (_last(hosted).not_before - hosted.clock()).total_seconds() == 120


def test_a_post_without_an_answer_is_read_before_it_is_repeated(hosted: World, github: GitHubStub) -> None:
    github.drop_next()
    _put(hosted, _SUCCESS)
    hosted.outbox.post_due()
    github.add(_SHA, "gitops", "success", description="1 created", target_url="https://gitops.example.org/1")

    hosted.clock.forward(2)
    hosted.outbox.post_due()

    assert len(github.posted) == 1
    assert _last(hosted).posted_at == hosted.clock()


def test_a_host_that_is_away_is_asked_once_in_a_round(hosted: World, github: GitHubStub) -> None:
    github.fail_next(1, status=503)
    _put(hosted, _SUCCESS)
    _put(hosted, _SUCCESS, sha=_OTHER)

    hosted.outbox.post_due()

    assert len(github.requests) == 1
    assert _last(hosted, _OTHER).attempts == 1
    hosted.clock.forward(4)
    hosted.outbox.post_due()
    assert _sent(github, _OTHER) == [("success", "1 created")]


def test_what_the_host_refuses_is_given_up_and_says_why(hosted: World, github: GitHubStub) -> None:
    github.fail_next(status=422, message="no such commit")
    _put(hosted, _SUCCESS)
    _put(hosted, _SUCCESS, sha=_OTHER)

    hosted.outbox.post_due()
    hosted.clock.forward(3600)
    hosted.outbox.post_due()

    record = _last(hosted)
    assert (record.given_up, record.posted_at) == (True, None)
    assert "no such commit" in (record.error or "")
    assert [status.sha for status in github.posted] == [_OTHER]


def test_a_status_of_a_repository_that_is_not_watched_any_more_is_given_up(hosted: World) -> None:
    _put(hosted, _SUCCESS, repository="old")

    hosted.outbox.post_due()

    (record,) = hosted.read(lambda it: hosted.store.statuses.for_commit(it, "old", _SHA))
    assert (record.given_up, record.error) == (True, "the repository `old` is not watched any more")


@pytest.mark.parametrize("step", ["status-claimed", "status-posted"])
def test_a_crash_while_posting_is_repaired_without_a_repetition(hosted: World, github: GitHubStub, step: str) -> None:
    hosted.outbox = hosted.new_outbox(_crash_at(step))
    _put(hosted, _SUCCESS)
    with pytest.raises(Crash):
        hosted.outbox.post_due()
    assert _last(hosted).posted_at is None

    hosted.clock.forward(1)
    hosted.new_outbox().post_due()

    assert _sent(github) == [("success", "1 created")]
    assert _last(hosted).posted_at == hosted.clock()


def test_a_crash_after_an_older_state_was_posted_ends_with_the_newest(hosted: World, github: GitHubStub) -> None:
    hosted.outbox = hosted.new_outbox(_crash_at("status-posted"))
    _put(hosted, _PENDING)
    with pytest.raises(Crash):
        hosted.outbox.post_due()
    _put(hosted, _SUCCESS)

    hosted.new_outbox().post_due()

    assert _sent(github) == [("pending", "linting"), ("success", "1 created")]


def test_a_round_that_breaks_does_not_end_the_outbox(
    hosted: World, github: GitHubStub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("gitops.sync.outbox._RETRY_SECONDS", 0.0)
    broken = threading.Event()

    def checkpoint(_step: str) -> None:
        if not broken.is_set():
            broken.set()
            raise RuntimeError("a mistake")

    hosted.outbox = hosted.new_outbox(checkpoint)
    with _running(hosted.outbox):
        _put(hosted, _SUCCESS)
        github.wait_for(_SHA, "gitops", "success")

    assert "the outbox could not do its work" in caplog.text


def test_an_outbox_that_never_started_can_be_stopped(world: World) -> None:
    world.outbox.stop()


def test_a_stopping_outbox_begins_no_other_post(hosted: World, github: GitHubStub) -> None:
    hosted.outbox = hosted.new_outbox(lambda _: hosted.outbox.stop())
    _put(hosted, _SUCCESS)
    _put(hosted, _SUCCESS, sha=_OTHER)

    hosted.outbox.post_due()

    assert [status.sha for status in github.posted] == [_SHA]
    assert _last(hosted, _OTHER).posted_at is None


def test_without_a_host_nothing_is_sent_and_nothing_waits(world: World) -> None:
    _put(world, _SUCCESS)

    world.outbox.post_due()

    assert world.statuses(_SHA)[0].posted_at == world.clock()


def test_waits_grow_from_a_second_to_ten_minutes() -> None:
    for attempts in (0, 1, 5, 20, 10_000):
        waits = [backoff(attempts) for _ in range(50)]
        longest = min(2.0 ** min(attempts, 16), 600.0)
        assert max(1.0, longest / 2) <= min(waits)
        assert max(waits) <= longest
    assert len({backoff(20) for _ in range(50)}) > 1
