"""Patterns of paths: what each of them matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import TaskFailed
from gitops.tasks.scripts.path_pattern import PathPattern

FOLDER = Path("/tmp/place")
FILES = ["a.txt", "b.csv", ".hidden.txt", "in/a.txt", "in/deep/c.txt", "a{1}.txt", "a,b", "x[1]"]


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("a.txt", ["a.txt"]),
        ("/a.txt", ["a.txt"]),
        ("*.txt", ["a.txt", ".hidden.txt", "a{1}.txt"]),
        ("?.txt", ["a.txt"]),
        ("**.txt", ["a.txt", ".hidden.txt", "in/a.txt", "in/deep/c.txt", "a{1}.txt"]),
        ("**/*.txt", ["a.txt", ".hidden.txt", "in/a.txt", "in/deep/c.txt", "a{1}.txt"]),
        ("in/**", ["in/a.txt", "in/deep/c.txt"]),
        ("**/deep/*", ["in/deep/c.txt"]),
        ("*.{txt,csv}", ["a.txt", "b.csv", ".hidden.txt", "a{1}.txt"]),
        ("[ab].*", ["a.txt", "b.csv"]),
        ("[!a]*.*", ["b.csv", ".hidden.txt"]),
        (r"a\{1\}.txt", ["a{1}.txt"]),
        ("a,b", ["a,b"]),
        ("x[[]1]", ["x[1]"]),
        ("A.txt", []),
        ("in", []),
        ("glob:*.csv", ["b.csv"]),
        ("glob:/tmp/place/in/*", ["in/a.txt"]),
        ("regex:in/.*", ["in/a.txt", "in/deep/c.txt"]),
        ("regex:/tmp/place/[ab]\\..*", ["a.txt", "b.csv"]),
        ("regex:a", []),
        ("/tmp/place/a.txt", []),
        ("**/place/*", []),
        ("glob:**/place/*.csv", ["b.csv"]),
    ],
)
def test_a_pattern_matches_whole_paths(pattern: str, matched: list[str]) -> None:
    form = PathPattern.read(pattern)
    assert [name for name in FILES if form.fits(FOLDER / name, FOLDER)] == matched


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("regex:(", "expected a pattern of paths, found `regex:(`: missing"),
        ("regex:(a)\\1", "it looks around or refers to its groups, which patterns of paths cannot"),
        ("{a,b", "expected a pattern of paths, found `{a,b`: missing"),
    ],
)
def test_a_pattern_that_means_nothing_is_refused(pattern: str, words: str) -> None:
    with pytest.raises(TaskFailed) as refused:
        PathPattern.read(pattern)
    assert words in str(refused.value)


def test_a_path_may_hold_the_end_of_a_line() -> None:
    assert PathPattern.read("**.txt").fits(FOLDER / "a\nb.txt", FOLDER)


def test_a_pattern_cannot_hold_up_the_service() -> None:
    assert not PathPattern.read("regex:(a*)*b").fits(FOLDER / ("a" * 5000), FOLDER)
