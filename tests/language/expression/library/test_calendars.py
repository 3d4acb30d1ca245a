"""Where a date stands in its week and month."""

from __future__ import annotations

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template


def value(source: str) -> object:
    return compile_template("{{ " + source + " }}").evaluate({})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("isWeekend('2024-05-05')", True),
        ("isWeekend('2024-05-06T00:00:00+02:00')", False),
        ("dayOfWeek('2024-05-05')", "SUNDAY"),
        ("dayOfMonth('2024-05-05')", 5),
        ("monthOfYear('2024-05-05')", 5),
        ("hourOfDay('2024-05-05T23:00:00-05:00')", 23),
        ("isDayWeekInMonth('2024-05-06', 'monday', 'FIRST')", True),
        ("isDayWeekInMonth('2024-05-06', 'MONDAY', 'LAST')", False),
        ("isDayWeekInMonth('2024-05-27', 'MONDAY', 'LAST')", True),
        ("isDayWeekInMonth('2024-05-27', 'MONDAY', 'FOURTH')", True),
        ("isLastWorkingDay('2024-06-28')", True),
        ("isLastWorkingDay('2024-06-29')", False),
        ("isLastWorkingDay('2024-06-29', 'FRIDAY, SATURDAY')", True),
        ("isDateBetween('2024-05-05T12:00:00Z', '2024-05-05T13:00:00+02:00', '2024-05-06T00:00:00Z')", True),
        ("isDateBetween('2024-05-05T11:00:00Z', '2024-05-05T13:00:00+02:00', '2024-05-06T00:00:00Z')", False),
        ("isPublicHoliday('2025-12-25', 'US')", True),
        ("isPublicHoliday('2025-12-24T23:00:00-05:00', 'us')", False),
        ("isPublicHoliday('2025-11-01', 'DE')", False),
        ("isPublicHoliday('2025-11-01', 'DE', 'DE-BY')", True),
        ("isPublicHoliday('2025-11-01', countryCode='DE', subDivision='BY')", True),
        ("isPublicHoliday('2025-07-14', country='FR', subDivision='')", True),
        ("isDateAfter('2024-05-05T12:00:00Z', '2024-05-05T11:00:00Z')", True),
        ("isDateBefore('2024-05-05T12:00:00Z', '2024-05-05T11:00:00Z')", False),
    ],
)
def test_results(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("isDayWeekInMonth('2024-05-06', 'MONDAY', 'FIFTH')", "There is no position `FIFTH`; there are FIRST, SECOND,"),
        ("isDayWeekInMonth('2024-05-06', 'MON', 'FIRST')", "There is no day `MON`; there are MONDAY, TUESDAY,"),
        ("isDateAfter('2024-05-05', '2024-05-05')", "Expected a date with a time and an offset but found `2024-05-05`"),
        ("isWeekend([])", "A list is not a date"),
        ("isPublicHoliday('2025-12-25', 'XX')", "No public holidays are known for `XX`: expected a code of ISO 3166"),
        ("isPublicHoliday('2025-12-25', 'DE', 'QQ')", "No public holidays are known for `DE-QQ`: expected a code of"),
        ("isPublicHoliday('2025-12-25')", "`isPublicHoliday` expects an argument `countryCode`"),
    ],
)
def test_what_cannot_be_done_is_refused(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        value(source)
    assert str(caught.value).startswith(message)
