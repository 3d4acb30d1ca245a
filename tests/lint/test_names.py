"""Which names look like slips of others."""

from __future__ import annotations

import pytest

from gitops.lint.names import is_slip


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("company.team", "company.teams"),
        ("company.team", "company.taem"),
        ("compny.team", "company.team"),
        ("company.teem", "company.team"),
    ],
)
def test_one_letter_is_a_slip(name: str, other: str) -> None:
    assert is_slip(name, other)
    assert is_slip(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("company.team", "company.team"),
        ("company.team1", "company.team2"),
        ("company.team", "company.team2"),
        ("company.eu", "company.us"),
        ("company.dev", "company.deva"),
        ("company.sales_eu", "company.sales_us"),
        ("company.team", "company.team.deep"),
        ("compny.team", "company.tem"),
        ("company.team", "company.mate"),
        ("", "x"),
    ],
)
def test_other_names_mean_what_they_say(name: str, other: str) -> None:
    assert not is_slip(name, other)
    assert not is_slip(other, name)
