"""The formats: what they accept, and what a wrong duration was meant to be."""

from __future__ import annotations

import pytest

from gitops.language.formats import FORMATS, suggest_duration


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("duration", text) for text in ("PT30S", "PT5M", "PT1H30M", "P1D", "P1DT2H", "P2W", "pt0.5s", "-PT5M")),
        *(("cron", text) for text in ("0 8 * * *", "*/5 * * * 1-5", "@daily", " @hourly ")),
        *(("timezone", text) for text in ("Europe/Warsaw", "UTC")),
    ],
)
def test_a_format_accepts(name: str, text: str) -> None:
    assert FORMATS[name].accepts(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("duration", text) for text in ("", "P", "PT", "P1DT", "5 min", "PT5", "P1Y", "PT5M5M")),
        *(("cron", text) for text in ("", "* * * *", "0 25 * * *", "@never", "* * * * * *")),
        *(("timezone", text) for text in ("", "Europe/Atlantis", "../etc", "/etc/localtime", "\0")),
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
