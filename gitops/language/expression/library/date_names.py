"""The words of dates, months and days among them, in the language of a locale: the one door to `babel`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from gitops.errors import ExpressionError


class Words(NamedTuple):
    """Names of the same things in three lengths."""

    wide: tuple[str, ...]
    short: tuple[str, ...]
    narrow: tuple[str, ...]

    def of(self, count: int) -> tuple[str, ...]:
        """The names that a letter stands for when it is repeated so often: three times is short, five times narrow."""
        return {4: self.wide, 5: self.narrow}.get(count, self.short)


@dataclass(frozen=True, slots=True)
class Names:
    """The words of one language. Those of months and days stand in a date; `_alone` are those that stand alone.

    Days begin with Monday. `styles` are the patterns of the formats full, long, medium and short.
    """

    locale: str
    months: Words
    months_alone: Words
    days: Words
    quarters: Words
    halves: tuple[str, str]
    eras: Words
    styles: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.locale)

    def zone(self, moment: datetime, *, wide: bool) -> str:
        """The name of a moment's zone."""
        if not wide:
            return moment.tzname() or ""
        from babel.dates import get_timezone_name

        return get_timezone_name(moment, width="long", locale=self.locale)


MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _shortened(names: tuple[str, ...]) -> Words:
    return Words(names, tuple(name[:3] for name in names), tuple(name[:1] for name in names))


ENGLISH: Final = Names(
    locale="en_US",
    months=_shortened(MONTHS),
    months_alone=_shortened(MONTHS),
    days=_shortened(DAYS),
    quarters=Words(
        ("1st quarter", "2nd quarter", "3rd quarter", "4th quarter"), ("Q1", "Q2", "Q3", "Q4"), ("1", "2", "3", "4")
    ),
    halves=("AM", "PM"),
    eras=Words(("Before Christ", "Anno Domini"), ("BC", "AD"), ("B", "A")),
    styles={
        "full": "EEEE, MMMM d, yyyy 'at' h:mm:ss a zzzz",
        "long": "MMMM d, yyyy 'at' h:mm:ss a z",
        "medium": "MMM d, yyyy, h:mm:ss a",
        "short": "M/d/yy, h:mm a",
    },
)


def names_of(locale: str | None) -> Names:
    """The words of a locale such as `fr` or `pt_BR`, English without one; raises ExpressionError."""
    if locale is None or locale.replace("-", "_").lower() in ("", "en", "en_us"):
        return ENGLISH
    return _loaded(locale.replace("-", "_"))


@lru_cache(maxsize=64)
def _loaded(locale: str) -> Names:
    from babel.core import Locale, UnknownLocaleError
    from babel.dates import get_period_names

    try:
        found = Locale.parse(locale)
    except (UnknownLocaleError, ValueError, TypeError):
        raise ExpressionError(f"There is no locale `{locale}`: expected a language such as `fr` or `pt_BR`") from None
    halves = get_period_names("abbreviated", "format", found)
    return Names(
        locale=str(found),
        months=_words(found.months["format"], range(1, 13)),
        months_alone=_words(found.months["stand-alone"], range(1, 13)),
        days=_words(found.days["format"], range(7)),
        quarters=_words(found.quarters["format"], range(1, 5)),
        halves=(halves["am"], halves["pm"]),
        eras=_words(found.eras, range(2)),
        styles={style: _style(found, style) for style in ("full", "long", "medium", "short")},
    )


def _words(names: Any, numbers: range) -> Words:  # noqa: ANN401 - babel's maps of maps have no types
    wide, short, narrow = (tuple(names[width][number] for number in numbers) for width in _WIDTHS)
    return Words(wide, short, narrow)


def _style(locale: Any, style: str) -> str:  # noqa: ANN401 - babel's own types say less
    both = str(locale.datetime_formats[style])
    return both.format(locale.time_formats[style].pattern, locale.date_formats[style].pattern)


_WIDTHS: Final = ("wide", "abbreviated", "narrow")
