"""Filters as clients of Kestra 1.x write them become conditions, and what is not understood is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gitops.errors import InvalidUsage
from gitops.server import filters
from gitops.server.filters import read_filters
from gitops.store.conditions import Condition, Operator

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIELDS = {
    "q": filters.search_text("text"),
    "namespace": filters.names("namespace"),
    "state": filters.states("state"),
    "labels": filters.labels("labels"),
    "revision": filters.numbers("revision"),
    "startDate": filters.dates("started"),
    "timeRange": filters.since("started", lambda: NOW),
    "level": filters.quietest_level("level"),
    "scope": filters.scope("namespace"),
    "childFilter": filters.called("caller"),
    "parentId": filters.optional_texts("parent"),
}


@pytest.mark.parametrize(
    ("name", "value", "condition"),
    [
        ("[q][EQUALS]", "rep", Condition("text", Operator.CONTAINS, ("rep",))),
        ("[namespace][EQUALS]", "a,b", Condition("namespace", Operator.IN, ("a,b",))),
        ("[namespace][NOT_IN]", "a, b", Condition("namespace", Operator.IN, ("a", "b"), negated=True)),
        ("[namespace][PREFIX]", "a", Condition("namespace", Operator.PREFIX, ("a",))),
        ("[namespace][NOT_CONTAINS]", "a", Condition("namespace", Operator.CONTAINS, ("a",), negated=True)),
        ("[state][IN]", "FAILED,KILLED", Condition("state", Operator.IN, ("FAILED", "KILLED"))),
        ("[labels][EQUALS][env]", "a:b", Condition("labels", Operator.IN, ("a:b",), key="env")),
        ("[labels][NOT_EQUALS]", "env:prod", Condition("labels", Operator.IN, ("prod",), key="env", negated=True)),
        ("[labels][IN][env]", "a,b", Condition("labels", Operator.IN, ("a", "b"), key="env")),
        ("[labels][EQUALS][a [x]]", "b", Condition("labels", Operator.IN, ("b",), key="a [x]")),
        ("[revision][GREATER_THAN]", "3", Condition("revision", Operator.GREATER_THAN, (3,))),
        ("[startDate][LESS_THAN]", "2026-11-23T12:00:00", Condition("started", Operator.LESS_THAN, (NOW,))),
        ("[startDate][LESS_THAN]", "2026-11-23T13:00+01:00", Condition("started", Operator.LESS_THAN, (NOW,))),
        (
            "[timeRange][EQUALS]",
            "PT1H",
            Condition("started", Operator.GREATER_THAN_OR_EQUAL_TO, (NOW - timedelta(hours=1),)),
        ),
        ("[level][EQUALS]", "WARN", Condition("level", Operator.IN, ("WARN", "ERROR"))),
        ("[scope][EQUALS]", "SYSTEM", Condition("namespace", Operator.PREFIX, ("system",))),
        ("[scope][EQUALS]", "USER", Condition("namespace", Operator.PREFIX, ("system",), negated=True)),
        ("[scope][NOT_EQUALS]", "USER", Condition("namespace", Operator.PREFIX, ("system",))),
        ("[childFilter][EQUALS]", "MAIN", Condition("caller", Operator.IS_NULL)),
        ("[childFilter][EQUALS]", "CHILD", Condition("caller", Operator.IS_NULL, negated=True)),
        ("[parentId][IS_NOT_NULL]", "", Condition("parent", Operator.IS_NULL, negated=True)),
    ],
)
def test_a_filter_becomes_a_condition(name: str, value: str, condition: Condition) -> None:
    (found,) = read_filters([("page", "1"), (f"filters{name}", value)], FIELDS)
    assert found == condition


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("[stat][EQUALS]", "x", "expected one of the fields q, namespace, state, "),
        ("[state][CONTAINS]", "x", "expected one of the operators EQUALS, NOT_EQUALS, IN, NOT_IN, found `CONTAINS`"),
        ("[namespace][REGEX]", "x", "found `REGEX`"),
        ("[state][EQUALS]", "DONE", "expected one of CREATED, "),
        ("[state][IN]", "FAILED,", "found ``"),
        ("[startDate][EQUALS]", "now", "expected a date such as 2026-01-31T08:00:00Z, found `now`"),
        ("[timeRange][EQUALS]", "1h", "timeRange"),
        ("[revision][EQUALS]", "one", "expected a whole number, found `one`"),
        ("[scope][EQUALS]", "ALL", "expected USER or SYSTEM, found `ALL`"),
        ("[labels][EQUALS]", "env", "expected one label, as in `filters[labels][EQUALS][key]=value`, found `env`"),
        ("[labels][IN]", "a:1,b:2", "expected one label"),
        ("[state][EQUALS][key]", "FAILED", "only labels have a key"),
        ("[or][0][state][EQUALS]", "FAILED", "groups of filters (`and`, `or`) are not known"),
        ("[state]", "FAILED", "expected `filters[field][OPERATOR]=value`"),
        ("", "x", "expected `filters[field][OPERATOR]=value`"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_was_expected(name: str, value: str, message: str) -> None:
    with pytest.raises(InvalidUsage) as caught:
        read_filters([(f"filters{name}", value)], FIELDS)
    assert str(caught.value).startswith(f"filters{name}: ")
    assert message in str(caught.value)
