"""Every input type: how values are read, and what is said of those that do not fit."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st
from pydantic import ValidationError

from gitops.language.inputs.input import Input
from gitops.language.inputs.table import INPUT_TYPES
from tests.language.inputs.declaring import declare

NEEDED: dict[str, dict[str, Any]] = {
    "SELECT": {"values": ["a"]},
    "ENUM": {"values": ["a"]},
    "MULTISELECT": {"values": ["a", "b"]},
    "ARRAY": {"itemType": "INT"},
    "FORM": {"inputs": [{"id": "child", "type": "STRING"}]},
}


@pytest.mark.parametrize(
    ("declaration", "given", "expected"),
    [
        (declare("STRING"), "a", "a"),
        (declare("STRING"), 3, "3"),
        (declare("STRING"), True, "true"),
        (declare("INT"), "42", 42),
        (declare("INT"), -1, -1),
        (declare("INT"), 3.0, 3),
        (declare("INT", min=3, max=3), 3, 3),
        (declare("INT"), "+7", 7),
        (declare("FLOAT"), "4.5", 4.5),
        (declare("FLOAT"), "-.5e1", -5.0),
        (declare("BOOL"), "true", True),
        (declare("BOOLEAN"), False, False),
        (declare("SELECT", values=["a", "b"]), "b", "b"),
        (declare("SELECT", values=["a"], allowCustomValue=True), "z", "z"),
        (declare("SELECT", values=["a"], required=False), "z", "z"),
        (declare("ENUM", values=["a"]), "a", "a"),
        (declare("MULTISELECT", values=["a", "b"]), '["a"]', ["a"]),
        (declare("MULTISELECT", options=["1", "2"], itemType="INT"), ["2", 1], [2, 1]),
        (declare("MULTISELECT", values=["a"], allowCustomValue=True), ["z"], ["z"]),
        (declare("MULTISELECT", values=["true"], itemType="BOOL"), [True], [True]),
        (declare("ARRAY", itemType="INT"), "[1, 2]", [1, 2]),
        (declare("ARRAY", itemType="DATE"), ["2026-01-31"], [date(2026, 1, 31)]),
        (declare("ARRAY", itemType="MULTISELECT"), [["a"]], [["a"]]),
        (declare("DATETIME"), "2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC)),
        (declare("DATETIME"), "2026-01-01T00:00:00", datetime(2026, 1, 1, tzinfo=UTC)),
        (declare("DATE", after="2026-01-31"), "2026-01-31", date(2026, 1, 31)),
        (declare("TIME", before="18:27:49"), "18:27:49", time(18, 27, 49)),
        (declare("TIME", after="08:00:00Z"), "09:00", time(9)),
        (declare("DURATION", min="PT5M"), "PT5M6S", timedelta(minutes=5, seconds=6)),
        (declare("JSON"), '{"a": [1]}', {"a": [1]}),
        (declare("JSON"), {"a": 1}, {"a": 1}),
        (declare("YAML"), "a: [1, x]", {"a": [1, "x"]}),
        (declare("YAML"), "- 1\n- b: 2\n", [1, {"b": 2}]),
        (declare("YAML"), {"a": 1}, {"a": 1}),
        (declare("YAML"), "---\na: 1\n", {"a": 1}),
        (declare("YAML"), "a: 1\u2028b: 2", {"a": 1, "b": 2}),
        (declare("YAML"), "text", "text"),
        (declare("STRING", validator=r"\Qa.b\E(?<n>c)\k<n>"), "a.bcc", "a.bcc"),
        (declare("STRING", validator="[a-z&&[^b]]+"), "ac", "ac"),
        (declare("URI"), "https://example.com/a?b=c", "https://example.com/a?b=c"),
        (declare("URI"), "kestra:///a/b", "kestra:///a/b"),
        (declare("EMAIL"), "a.b+c@example.com", "a.b+c@example.com"),
        (declare("EMAIL"), "", ""),
        (declare("FILE"), "kestra:///a/b.csv", "kestra:///a/b.csv"),
        (declare("FILE", allowedFileExtensions=[".csv", "TXT"]), "kestra:///a/b.txt", "kestra:///a/b.txt"),
        (declare("SECRET"), "abc", "abc"),
    ],
)
def test_a_value_is_read_as_its_type(declaration: Input, given: object, expected: object) -> None:
    found = declaration.read(given)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("declaration", "given", "reason"),
    [
        (declare("INT"), "4.5", "it must be a whole number"),
        (declare("INT"), True, "it must be a whole number"),
        (declare("INT"), "1_000", "it must be a whole number"),
        (declare("INT", min=3), 2, "it must be more than `3`"),
        (declare("FLOAT", max=3), "3.5", "it must be less than `3.0`"),
        (declare("FLOAT"), "NaN", "it must be a number"),
        (declare("FLOAT"), "1_0.5", "it must be a number"),
        (declare("BOOL"), "yes", "it must be `true` or `false`"),
        (declare("STRING", validator="A[0-9]+"), "B1", "it must match the pattern `A[0-9]+`"),
        (declare("STRING", validator="A"), "AA", "it must match the pattern `A`"),
        (declare("STRING", validator="[a-z&&[^b]]+"), "ab", "it must match the pattern `[a-z&&[^b]]+`"),
        (declare("STRING", validator=r"\d"), "\u0664", r"it must match the pattern `\d`"),
        (declare("STRING", validator="(a|aa)+[bc]"), "a" * 60, "it takes too long to compare it with the pattern"),
        (declare("SELECT", values=["a", "b"]), "c", "it must match the values `[a, b]`"),
        (declare("MULTISELECT", values=["a"]), ["a", "z"], "every item must match the values `[a]`"),
        (declare("MULTISELECT", values=["a"]), "a", 'it must be a list or its JSON such as ["a", "b"]'),
        (declare("ARRAY", itemType="INT"), ["1", "x"], "item 1 is wrong: it must be a whole number"),
        (declare("DATETIME"), "soon", "it must be an ISO-8601 instant such as 2024-01-01T00:00:00Z"),
        (
            declare("DATETIME", after="2026-01-01T00:00:00Z"),
            "2025-01-01T00:00:00Z",
            "it must be after `2026-01-01T00:00:00Z`",
        ),
        (declare("DATE", before="2026-01-31"), "2026-02-01", "it must be before `2026-01-31`"),
        (declare("DATE"), "31.1.2026", "it must be an ISO-8601 date such as 2024-01-31"),
        (declare("TIME", before="10:00+01:00"), "11:00", "it must be before `10:00:00`"),
        (declare("TIME"), "noon", "it must be an ISO-8601 time such as 08:30:00"),
        (declare("TIME"), "08:30:00+01:00", "it must be a time without an offset such as 08:30:00"),
        (declare("DURATION"), "5 min", "it must be an ISO-8601 duration such as PT1H30M"),
        (declare("DURATION", max="PT1M"), "PT2M", "it must be less than `PT1M`"),
        (declare("JSON"), "{", "it must be JSON: "),
        (declare("JSON"), "NaN", "it must be JSON: NaN is not a number of JSON"),
        (declare("YAML"), "a: [", "it must be YAML: "),
        (declare("YAML"), "a: 1\n---\nb: 2", "it must be YAML: a second YAML document begins here"),
        (declare("URI"), "http:/bla", "it must be an address such as https://example.com/data.csv"),
        (declare("EMAIL"), "a@b", "it must be an email address such as name@example.com"),
        (declare("FILE"), "C:\\a", "it must be an uploaded file or an address that starts with `kestra://`"),
        (declare("FILE", allowedFileExtensions=["csv"]), "kestra:///a.txt", "its name must end with one of `[csv]`"),
    ],
)
def test_a_value_that_does_not_fit_says_why(declaration: Input, given: object, reason: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the words are compared below
        declaration.read(given)
    assert str(refusal.value).startswith(reason)


@pytest.mark.parametrize(
    ("type_name", "more"),
    [
        ("STRING", {"validator": "("}),
        ("STRING", {"validator": "a{1000000000}"}),
        ("STRING", {"validator": "((a{1000}){1000})*"}),
        ("SELECT", {}),
        ("SELECT", {"values": []}),
        ("MULTISELECT", {}),
        ("MULTISELECT", {"values": ["a"], "options": ["b"]}),
        ("MULTISELECT", {"values": ["a"], "itemType": "ARRAY"}),
        ("ARRAY", {}),
        ("ARRAY", {"itemType": "ARRAY"}),
        ("FILE", {"defaults": "something"}),
        ("DATE", {"after": "soon"}),
        ("INT", {"min": "3"}),
        ("STRING", {"displayName": "x" * 65}),
        ("STRING", {"colour": "red"}),
        ("FORM", {"inputs": []}),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(type_name: str, more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        declare(type_name, **more)


def test_the_old_name_of_the_id_is_read() -> None:
    assert INPUT_TYPES["STRING"].model_validate({"name": "x", "type": "STRING"}).id == "x"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@pytest.mark.parametrize("type_name", INPUT_TYPES)
@given_by(value=JSON)
def test_any_value_is_read_or_refused_with_a_value_error(type_name: str, value: object) -> None:
    declaration = declare(type_name, **NEEDED.get(type_name, {}))
    with contextlib.suppress(ValueError):
        declaration.read(value)
