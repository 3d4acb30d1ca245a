from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rpds import HashTrieMap
from sqlalchemy.dialects import sqlite

from gitops.execution.state import Caller
from gitops.store.columns import Document, FreeText, Instant, instant_text

_SQLITE = sqlite.dialect()
# Not the first and the last day: in UTC they may lie outside of the years that there are.
_INSTANTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28), timezones=st.timezones())  # noqa: DTZ001 - bounds are naive
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(_INSTANTS)
def test_an_instant_is_read_back_in_utc_to_the_microsecond(instant: datetime) -> None:
    kind = Instant()
    back = kind.process_result_value(kind.process_bind_param(instant, _SQLITE), _SQLITE)
    assert back is not None
    assert back == instant.astimezone(UTC)
    assert back.tzinfo is UTC


@given(_INSTANTS, _INSTANTS)
def test_the_text_of_instants_sorts_as_they_do(one: datetime, other: datetime) -> None:
    assert (instant_text(one) < instant_text(other)) == (one.astimezone(UTC) < other.astimezone(UTC))


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^an instant needs a time zone, found 2026-11-23T12:00:00$"):
        instant_text(datetime(2026, 11, 23, 12))  # noqa: DTZ001 - that is the point


@given(_JSON)
def test_a_document_is_read_back_as_it_was(value: object) -> None:
    kind = Document()
    assert kind.process_result_value(kind.process_bind_param(value, _SQLITE), _SQLITE) == value


@pytest.mark.parametrize("mark", ["instant", "date", "time", "duration"])
@pytest.mark.parametrize("value", ["soon", None, 3, [1], [10**9, 0, 0], {"a": 1}])
def test_a_document_with_a_mark_of_ours_and_another_value_is_kept_as_it_is(mark: str, value: object) -> None:
    kind, document = Document(), {"deep": [{f"\0{mark}": value}]}
    assert kind.process_result_value(kind.process_bind_param(document, _SQLITE), _SQLITE) == document


def test_a_document_keeps_dates_times_and_durations() -> None:
    kind, document = Document(), {"a": date(2026, 1, 31), "b": time(8, 30, 1), "c": timedelta(days=-1, microseconds=3)}
    assert kind.process_result_value(kind.process_bind_param(document, _SQLITE), _SQLITE) == document


def test_a_document_keeps_instants_with_their_zone() -> None:
    berlin = timezone(timedelta(hours=1))
    value = {"at": datetime(2026, 11, 23, 12, tzinfo=berlin), "in": [datetime(2026, 11, 23, tzinfo=UTC)]}
    kind = Document()
    back = kind.process_result_value(kind.process_bind_param(value, _SQLITE), _SQLITE)
    assert back == value
    assert isinstance(back, dict)
    assert back["at"].utcoffset() == timedelta(hours=1)


def test_a_document_is_compact_and_takes_tuples_and_numbers_that_json_lacks() -> None:
    kind = Document()
    assert kind.process_bind_param({"a": (1, float("inf")), "b": "ü"}, _SQLITE) == '{"a":[1,Infinity],"b":"\\u00fc"}'


def test_a_document_takes_any_mapping() -> None:
    assert Document().process_bind_param({"a": HashTrieMap({"b": 1})}, _SQLITE) == '{"a":{"b":1}}'


def test_a_document_takes_records_as_maps() -> None:
    caller = Caller(execution_id="e", task_run_id="r", attempt=2)
    stored = Document().process_bind_param({"caller": caller}, _SQLITE)
    assert stored == '{"caller":{"execution_id":"e","task_run_id":"r","attempt":2,"index":0}}'


def test_a_document_refuses_what_it_could_not_give_back() -> None:
    with pytest.raises(TypeError, match=r"^a value of type set cannot be stored: \{1\}$"):
        Document().process_bind_param({"a": {1}}, _SQLITE)


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        ("plain", "plain"),
        ("größe 🎉", "größe 🎉"),
        ("a\0b", "a\ufffdb"),
        ("a\ud800b", "a\ufffdb"),
        ("\ud83c\udf89\0", "🎉\ufffd"),
        (None, None),
    ],
)
def test_free_text_loses_only_what_postgresql_cannot_hold(given_text: str | None, stored: str | None) -> None:
    assert FreeText().process_bind_param(given_text, _SQLITE) == stored
