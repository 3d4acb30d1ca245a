"""Special values are made and compared as the cases mean them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gitops.engine.cipher import Cipher
from tests.kestra.case import CannotDoYet
from tests.kestra.values import ABSENT, KEY, at, fits, given, holds

MOMENT = datetime(2013, 9, 8, 14, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({"$type": "instant", "value": "2013-09-08T16:19:00+02:00"}, MOMENT),
        ({"$type": "instant", "value": "2013-09-08T14:19:00Z"}, "2013-09-08T14:19:00Z"),
        ({"$type": "duration", "value": "PT5M6S"}, timedelta(minutes=5, seconds=6)),
        ({"$type": "float32", "value": 42.42}, 42.41999816894531),
        ({"$type": "set", "value": ["a", "b"]}, ["b", "a"]),
        ({"$regex": "^a.c$"}, "abc"),
        ({"$any_of": ["a", "b"]}, "b"),
        ({"$not": "a"}, "b"),
        ({"$starts_with": "kestra://"}, "kestra:///a"),
        ({"$first": 1}, [1, 2]),
        ({"a": {"$absent": True}, "b": 1}, {"b": 1}),
    ],
)
def test_what_fits(expected: Any, found: object) -> None:
    assert fits(expected, found)
    assert not fits({"$not": expected}, found)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({"$type": "instant", "value": "2013-09-08T16:19:00Z"}, MOMENT),
        ({"$type": "instant", "value": "2013-09-08T16:19:00Z"}, "soon"),
        ({"$type": "float32", "value": 42.42}, 42.43),
        ({"$regex": "^a.c$"}, None),
        ({"$absent": True}, None),
        ({"a": 1}, {"a": 1, "b": 2}),
        ([1, 2], [1]),
        (1, True),
        (None, ABSENT),
        ("1", 1),
    ],
)
def test_what_does_not_fit(expected: Any, found: object) -> None:
    assert not fits(expected, found)


def test_a_mapping_may_hold_more_than_is_asked_for() -> None:
    assert holds({"a": 1}, {"a": 1, "b": 2})
    assert not holds({"a": 1}, None)


def test_a_path_leads_through_maps_and_lists() -> None:
    found = {"a": [{"b": 1}], "c.d": 2}
    assert [at(found, path) for path in ("a.0.b", "c.d", "a.1", "x")] == [1, 2, ABSENT, ABSENT]


def test_given_values_are_made_at_any_depth() -> None:
    value = given(
        {"a": [{"$repeat": {"char": "x", "count": 3}}], "f": {"$file": {"name": "n"}}}, lambda file: file["name"]
    )
    assert value == {"a": ["xxx"], "f": "n"}


def test_what_nobody_can_make_is_said() -> None:
    with pytest.raises(CannotDoYet, match=r"\$unheard"):
        given({"$unheard": "a"})


def test_encrypted_values_can_be_decrypted() -> None:
    assert Cipher(KEY).decrypt(given({"$encrypt": "a"})) == "a"
