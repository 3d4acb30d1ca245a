"""Retry policies: how often and when a failed attempt is followed by another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from gitops.language.model import Model
from gitops.language.scalars import Duration

Pairs = tuple[tuple[str, str], ...]


class _Policy(Model):
    RENAMED: ClassVar[Mapping[str, str]] = {"maxAttempt": "maxAttempts"}

    max_attempts: int | None = Field(None, ge=1, description="How many attempts at most, the first one included.")
    max_duration: Duration | None = Field(None, description="No attempt begins later than this after the first one.")
    warning_on_retry: bool = Field(False, description="A success after a retry ends as WARNING.")
    behavior: Literal["RETRY_FAILED_TASK", "CREATE_NEW_EXECUTION"] = Field(
        "RETRY_FAILED_TASK",
        description="Repeat the failed task, or start over with a new execution.",
    )

    def wait(self, attempt: int, chance: float) -> timedelta:
        """The wait after attempt number `attempt`; `chance` in [0, 1) stands for the dice."""
        raise NotImplementedError

    def next_date(self, attempt: int, *, first: datetime, now: datetime, chance: float) -> datetime | None:
        """When the attempt after number `attempt` begins; None when the policy is used up."""
        if self.max_attempts is not None and attempt >= self.max_attempts:
            return None
        try:
            date = now + self.wait(attempt, chance)
        except OverflowError:
            return None  # a date that no calendar has never comes
        late = self.max_duration is not None and date - first > self.max_duration
        return None if late else date


class ConstantRetry(_Policy):
    """The same wait after every attempt."""

    INCREASING: ClassVar[Pairs] = (("interval", "maxDuration"),)

    type: Literal["constant"]
    interval: Duration = Field(description="The wait between two attempts.")

    def wait(self, attempt: int, chance: float) -> timedelta:  # noqa: ARG002 - one signature for all policies
        """Always the interval."""
        return self.interval


class ExponentialRetry(_Policy):
    """A wait that grows by a factor up to a limit."""

    INCREASING: ClassVar[Pairs] = (("interval", "maxInterval"), ("interval", "maxDuration"))

    type: Literal["exponential"]
    interval: Duration = Field(description="The wait after the first attempt.")
    max_interval: Duration = Field(description="The longest wait.")
    delay_factor: float = Field(2.0, gt=0, description="What each wait is multiplied by for the next one.")

    def wait(self, attempt: int, chance: float) -> timedelta:  # noqa: ARG002 - one signature for all policies
        """Interval times factor to the power of the retries so far, capped."""
        try:
            return min(self.interval * self.delay_factor ** (attempt - 1), self.max_interval)
        except OverflowError:
            return self.max_interval


class RandomRetry(_Policy):
    """A wait between two limits."""

    INCREASING: ClassVar[Pairs] = (
        ("minInterval", "maxInterval"),
        ("minInterval", "maxDuration"),
        ("maxInterval", "maxDuration"),
    )

    type: Literal["random"]
    min_interval: Duration = Field(description="The shortest wait.")
    max_interval: Duration = Field(description="The longest wait.")

    def wait(self, attempt: int, chance: float) -> timedelta:  # noqa: ARG002 - one signature for all policies
        """Somewhere between the limits."""
        return self.min_interval + (self.max_interval - self.min_interval) * chance


Retry = Annotated[ConstantRetry | ExponentialRetry | RandomRetry, Field(discriminator="type")]
