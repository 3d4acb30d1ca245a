"""Single values of a task that the machine renders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from gitops.errors import ExpressionError
from gitops.execution.rendered import LONGEST, choice_of, count_of, duration_of, instant_of


def give(value: object) -> Callable[[object], object]:
    """Rendering that gives a value for everything."""
    return lambda _: value


def refuse(value: object) -> object:
    raise AssertionError(f"{value!r} needs no rendering")


def test_durations() -> None:
    assert duration_of(timedelta(seconds=5), refuse) == timedelta(seconds=5)
    assert duration_of("{{ x }}", give("PT1M")) == timedelta(minutes=1)
    for longest in (timedelta(days=10**8), "P100000000D"):
        assert duration_of(longest, give(longest)) == LONGEST
    with pytest.raises(ExpressionError, match=r"expected an ISO-8601 duration such as PT30S, .* found `soon`"):
        duration_of("{{ x }}", give("soon"))


def test_counts() -> None:
    assert count_of(3, refuse) == 3
    assert count_of("{{ x }}", give("12")) == 12
    with pytest.raises(ExpressionError, match=r"expected a whole number, found `1\.5`"):
        count_of("{{ x }}", give("1.5"))


def test_choices() -> None:
    assert choice_of("A", ("A", "B"), give("A")) == "A"
    with pytest.raises(ExpressionError, match="expected one of A, B, found `a`"):
        choice_of("{{ x }}", ("A", "B"), give("a"))


def test_instants() -> None:
    noon = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert instant_of(noon, refuse) == noon
    assert instant_of("{{ x }}", give("2026-01-31T13:00:00+01:00")) == noon
    for wrong in ("2026-01-31T12:00:00", "2026-01-31", "tomorrow"):
        with pytest.raises(ExpressionError, match=f"expected a date with a time and a zone .* found `{wrong}`"):
            instant_of("{{ x }}", give(wrong))
