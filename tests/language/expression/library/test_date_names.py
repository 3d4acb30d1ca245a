"""The words of dates in the language of a locale."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_names import ENGLISH, names_of
from gitops.language.expression.template import compile_template

MOMENT = datetime(2013, 9, 8, 17, 9, 2, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize("locale", [None, "", "en", "EN", "en_US", "en-US"])
def test_english_is_there_without_asking_anybody(locale: str | None) -> None:
    assert names_of(locale) is ENGLISH


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("'EEEE d MMMM yyyy', locale='fr'", "dimanche 8 septembre 2013"),
        ("'E MMM', locale='pt-BR'", "dom. set."),
        ("'LLLL', locale='pl'", "wrzesień"),
        ("'MMMM', locale='pl'", "września"),
        ("'QQQQ a G', locale='es'", "3.er trimestre p.\u202fm. d. C."),
        ("'short', locale='de', timeZone='Europe/Paris'", "08.09.13, 17:09"),
        ("'zzzz', locale='de', timeZone='Europe/Paris'", "Mitteleuropäische Sommerzeit"),
        ("'iso_local_date', locale='ja'", "2013-09-08"),
    ],
)
def test_dates_in_other_languages(arguments: str, expected: str) -> None:
    assert compile_template("{{ moment | date(" + arguments + ") }}").render({"moment": MOMENT}) == expected


def test_a_language_that_nobody_speaks_is_refused() -> None:
    with pytest.raises(ExpressionError, match="There is no locale `nowhere`: expected a language such as `fr`"):
        names_of("nowhere")


@pytest.mark.parametrize("style", ["full", "long", "medium", "short"])
def test_each_language_has_the_four_styles(style: str) -> None:
    assert all(names_of(locale).styles[style] for locale in ("fr", "de", "ja", "ar", "zh_CN"))
