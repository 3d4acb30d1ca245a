"""VS Code's settings with one more schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitops.cli.editor_settings import _read, with_schema

ADDRESS, PATTERNS = "https://a/b.json", ["flows/**/*.yml"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "{ }\n",
        '{"a": 1}',
        '{\n  "a": [1, 2,],\n  // about b\n  "b": "//no { comment",\n}\n',
        "/* all */ // of it\n{\n}",
        '{\n  "yaml.schemas": {\n    "x": "y"\n  }\n}',
        '{\n  "yaml.schemas": {}, "c": "\\"yaml.schemas\\": {"\n}',
        '{"yaml.schemas": { /* none */ }}',
    ],
)
def test_the_schema_is_added_and_nothing_else_changes(text: str) -> None:
    before: Any = _read(text) if text else {}
    after = with_schema(text, ADDRESS, PATTERNS)
    assert after is not None
    expected = {**before, "yaml.schemas": {**before.get("yaml.schemas", {}), ADDRESS: PATTERNS}}
    assert _read(after) == expected
    assert with_schema(after, ADDRESS, PATTERNS) == after
    for kept in ("// about b", "/* all */", "/* none */"):
        assert (kept in after) == (kept in text) or not before


@pytest.mark.parametrize("text", ["[]", "{", "a", '{"yaml.schemas": []}', "{'a': 1}"])
def test_what_is_not_understood_is_not_touched(text: str) -> None:
    assert with_schema(text, ADDRESS, PATTERNS) is None


def test_a_comment_that_looks_like_the_settings_is_not_fallen_for() -> None:
    text = '{\n  // "yaml.schemas": {\n  "yaml.schemas": {"x": "y"}\n}'
    after = with_schema(text, ADDRESS, PATTERNS)
    assert after is None or _read(after) == {"yaml.schemas": {"x": "y", ADDRESS: PATTERNS}}


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5) | st.lists(st.booleans())))
def test_whatever_is_there_stays(data: dict[str, object]) -> None:
    after = with_schema(json.dumps(data, indent=2), ADDRESS, PATTERNS)
    assert after is not None
    assert _read(after) == {**data, "yaml.schemas": {ADDRESS: PATTERNS}}
