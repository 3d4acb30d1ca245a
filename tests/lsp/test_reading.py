"""A text that cannot be parsed is read all the same, and what can be read stays where it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitops.lsp.reading import blanked, readable

FLOW = """\
id: a
namespace: b
tasks:
  - id: one
    type: t
    message: hello
  - id: two
    type: t
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("hello", '"hello'),
        ("hello", "{{ inputs. }} x"),
        ("hello", "{{ inputs."),
        ("hello", "[a, b"),
        ("    message: hello\n", "    mess\n"),
        ("    message: hello\n", "      message: a: b\n"),
        ("    message: hello\n", "    'mess\n"),
        ("    message: hello\n", "\tmessage: x\n"),
        ("    message: hello\n", "    message: @x\n    other: `y\n"),
        ("  - id: two\n", "  - id: two\n   other: x\n"),
        ("namespace: b\n", "namespace: b\nin\n"),
    ],
)
def test_the_rest_of_a_broken_text_is_known(before: str, after: str) -> None:
    text = FLOW.replace(before, after)
    document = readable(text)
    assert len(document.source) == len(text)
    data = document.data
    assert isinstance(data, dict)
    assert data["id"] == "a"
    assert [task["id"] for task in data["tasks"] if isinstance(task, dict) and "id" in task] == ["one", "two"]


def test_a_text_that_parses_is_read_as_it_is() -> None:
    assert readable(FLOW).source == FLOW


def test_lines_stay_when_a_stretch_is_blanked() -> None:
    assert blanked("ab\r\ncd", 1, 5) == "a \r\n d"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-|>{}[]\"'#&*!% \n\t\r😀", max_size=50))
def test_any_text_is_read(text: str) -> None:
    assert len(readable(text).source) == len(text)
