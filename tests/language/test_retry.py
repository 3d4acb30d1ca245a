"""Retry policies: when the next attempt begins, and when there is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter

from gitops.language.retry import Retry

NOW = datetime(2026, 1, 1, tzinfo=UTC)
READ: TypeAdapter[Any] = TypeAdapter(Retry)


def wait(attempt: int, *, first: datetime = NOW, **policy: object) -> timedelta | None:
    date = READ.validate_python(policy).next_date(attempt, first=first, now=NOW, chance=0.5)
    return None if date is None else date - NOW


def test_a_constant_retry_waits_its_interval() -> None:
    assert wait(1, type="constant", interval="PT5S") == timedelta(seconds=5)


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 1), (2, 2), (3, 4), (9, 60)])
def test_an_exponential_retry_doubles_up_to_its_limit(attempt: int, seconds: int) -> None:
    assert wait(attempt, type="exponential", interval="PT1S", maxInterval="PT60S") == timedelta(seconds=seconds)


def test_a_random_retry_lies_between_its_limits() -> None:
    assert wait(1, type="random", minInterval="PT2S", maxInterval="PT4S") == timedelta(seconds=3)


def test_the_first_attempt_counts() -> None:
    assert wait(2, type="constant", interval="PT1S", maxAttempts=3) is not None
    assert wait(3, type="constant", interval="PT1S", maxAttempts=3) is None


def test_nothing_begins_later_than_the_longest_duration() -> None:
    long_ago = NOW - timedelta(seconds=9)
    assert wait(1, first=long_ago, type="constant", interval="PT2S", maxDuration="PT10S") is None
    assert wait(1, first=long_ago, type="constant", interval="PT1S", maxDuration="PT10S") is not None
