"""The `::{…}::` lines of scripts."""

from __future__ import annotations

import pytest

from gitops.language.scalars import Level
from gitops.tasks.scripts.protocol import Said, read_line


@pytest.mark.parametrize("line", ["hello", "::not json::x", " ::{}::", "::{}:: more", "::{}", "{}::"])
def test_an_ordinary_line_says_nothing(line: str) -> None:
    assert read_line(line) is None


def test_outputs_are_read() -> None:
    assert read_line('::{"outputs":{"rows":3,"files":["a"]}}::') == Said(outputs={"rows": 3, "files": ["a"]})


def test_logs_are_read_and_an_unknown_level_is_info() -> None:
    said = read_line('::{"logs":[{"level":"warn","message":"w"},{"level":"loud","message":"l"}]}::')
    assert said == Said(logs=((Level.WARN, "w"), (Level.INFO, "l")))


@pytest.mark.parametrize("line", ["::{broken}::", '::{"outputs": 3}::'])
def test_a_line_that_cannot_be_read_is_an_error(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the JSON reader's
        read_line(line)
