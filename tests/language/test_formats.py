"""The formats: what they accept, and what a wrong duration was meant to be."""

from __future__ import annotations

import pytest

from gitops.language.formats import FORMATS, suggest_duration


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(
            ("duration", text)
            for text in ("PT30S", "PT5M", "PT1H30M", "P1D", "P1DT2H", "P2W", "pt0.5s", "-PT5M", "PT-6H+3M")
        ),
        *(("cron", text) for text in ("0 8 * * *", "*/5 * * * 1-5", "@daily", " @hourly ")),
        *(("cron-with-seconds", text) for text in ("0 0 8 * * *", "*/5 * * * * MON-FRI", "@daily")),
        *(("timezone", text) for text in ("Europe/Warsaw", "UTC")),
        *(("date", text) for text in ("2026-01-31", "2024-02-29")),
        *(("regex", text) for text in ("", "[a-z]{1,10}", r"(?<n>a)\k<n>", r"\Qa[\E", "a{3,}")),
        *(("time", text) for text in ("08:30", "08:30:15", "08:30:15.123", "08:30:00+01:00", "08:30Z")),
        *(("size", text) for text in ("0", "512", "64KB", "512mb", "1 GB", "2GiB", "3T")),
        *(
            ("datetime", text)
            for text in (
                "2026-01-31T08:30:00Z",
                "2026-01-31T08:30Z",
                "2026-01-31T08:30:00.123456+01:00",
                "2026-01-31T08:30:00+0100",
                "2026-01-31T08:30:00+01:00[Europe/Warsaw]",
            )
        ),
    ],
)
def test_a_format_accepts(name: str, text: str) -> None:
    assert FORMATS[name].accepts(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("duration", text) for text in ("", "P", "PT", "P1DT", "5 min", "PT5", "P1Y", "PT5M5M")),
        *(("cron", text) for text in ("", "* * * *", "0 25 * * *", "@never", "* * * * * *")),
        *(("cron-with-seconds", text) for text in ("", "0 8 * * *", "61 0 8 * * *")),
        *(("timezone", text) for text in ("", "Europe/Atlantis", "../etc", "/etc/localtime", "\0")),
        *(("regex", text) for text in ("(", "[", "a{100000}", "(a{1000}){1000}", "a{10000000000}")),
        *(("date", text) for text in ("", "2026-02-30", "2026-1-1", "20260131", "2026-01-31T08:30:00Z")),
        *(("time", text) for text in ("", "8:30", "24:01", "08", "08:30 PM")),
        *(("size", text) for text in ("", "-1", "1.5GB", "10 parsecs", "MB")),
        *(
            ("datetime", text)
            for text in ("", "2026-01-31", "2026-01-31T08:30:00", "2026-13-01T00:00:00Z", "2026-01-01T00:00:00Z[Mars]")
        ),
    ],
)
def test_a_format_refuses(name: str, text: str) -> None:
    assert not FORMATS[name].accepts(text)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("5 min", "PT5M"),
        ("30s", "PT30S"),
        ("2 Hours", "PT2H"),
        ("1d", "P1D"),
        ("5", None),
        ("soon", None),
        ("3 eons", None),
    ],
)
def test_a_plain_length_suggests_a_duration(text: str, duration: str | None) -> None:
    assert suggest_duration(text) == duration
    assert duration is None or FORMATS["duration"].accepts(duration)
