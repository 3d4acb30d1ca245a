"""What loops go over, as texts."""

from __future__ import annotations

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.flow.loop_values import loop_values, text


def as_it_is(value: object) -> object:
    return value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("word", "word"),
        (1, "1"),
        (1.5, "1.5"),
        (True, "true"),
        (None, "null"),
        ({"a": [1, "ä"]}, '{"a":[1,"ä"]}'),
        ([], "[]"),
    ],
)
def test_a_value_as_text(value: object, shown: str) -> None:
    assert text(value) == shown


def test_each_text_once_in_its_first_place() -> None:
    assert loop_values(["b", "a", "b", 1, "1"], as_it_is) == ["b", "a", "1"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ("word", "expected a list, or a text that holds one as JSON; found `word`"),
        ('{"a": 1}', "expected a list, found `{'a': 1}`"),
        (7, "expected a list, found `7`"),
        ([None, None], "Found '2' null values on Each, with values=[null, null]"),
        ([{"a": [None]}, None], "Found '1' null values on Each, with values=[{a=[null]}, null]"),
    ],
)
def test_what_is_no_list_of_values(values: object, words: str) -> None:
    with pytest.raises(TaskFailed) as refused:
        loop_values(values, as_it_is)
    assert str(refused.value) == words
