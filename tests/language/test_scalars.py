"""Scalars: durations are read and written exactly as documented."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.language.scalars import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT30S", 30),
        ("PT1H30M", 5400),
        ("P1D", 86400),
        ("P1DT1S", 86401),
        ("PT0.25S", 0.25),
        ("-PT5S", -5),
        ("P2W", 1209600),
    ],
)
def test_a_duration_is_read(text: str, seconds: float) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "P", "PT", "5 min", "1H", "PT5", "P1M", "PT1H1H"])
def test_any_other_text_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(ValueError, match="expected an ISO-8601 duration such as PT30S, PT5M, PT1H30M or P1D"):
        parse_duration(text)


@given(st.timedeltas(timedelta(days=-1000), timedelta(days=1000)))
def test_what_is_written_is_read_back(length: timedelta) -> None:
    assert abs(parse_duration(format_duration(length)) - length) <= timedelta(microseconds=5)
