"""Side processes answer, and the one that does not is ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from gitops.engine.functions.side_process import SideProcesses
from gitops.errors import ExpressionError


@pytest.fixture(scope="module")
def processes() -> Iterator[SideProcesses]:
    found = SideProcesses(seconds=1.0)
    yield found
    found.stop()


def test_a_program_is_run(processes: SideProcesses) -> None:
    answer = processes.run({"jq": "[range(.)]", "json": "3"})
    assert answer["results"] == [[0, 1, 2]]
    assert 0 < answer["seconds"] < 1


def test_a_pattern_is_searched_for(processes: SideProcesses) -> None:
    answer = processes.run({"regex": "(?P<n>a)(?=b)", "text": "abaab", "most": 2})
    assert answer["names"] == {"n": 1}
    assert answer["matches"] == [[0, 1, ["a", "a"]], [3, 4, ["a", "a"]]]


@pytest.mark.parametrize(
    "request_", [{"jq": "def f: f; f", "json": "1"}, {"regex": "(?=a)(a+a+)+b", "text": "a" * 5000, "most": 1}]
)
def test_what_does_not_end_is_ended(processes: SideProcesses, request_: dict[str, object]) -> None:
    began = time.monotonic()
    with pytest.raises(ExpressionError, match="it takes longer than 1 seconds"):
        processes.run(request_)
    assert time.monotonic() - began < 10
    assert processes.run({"jq": ".", "json": "1"})["results"] == [1]


def test_what_needs_too_much_memory_is_ended(processes: SideProcesses) -> None:
    with pytest.raises(ExpressionError, match=r"it needs too much memory|it takes longer than"):
        processes.run({"regex": "a{1000000000}", "text": "a", "most": 1})
    assert processes.run({"jq": ".", "json": "1"})["results"] == [1]


def test_what_is_wrong_is_told(processes: SideProcesses) -> None:
    with pytest.raises(ExpressionError, match="syntax error"):
        processes.run({"jq": ".[", "json": "1"})
    with pytest.raises(ExpressionError, match="missing \\)"):
        processes.run({"regex": "(", "text": "", "most": 1})


def test_nothing_of_the_service_is_reached(processes: SideProcesses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "treasure")
    assert processes.run({"jq": "env, $ENV", "json": "1"})["results"] == [{}, {}]


def test_many_ask_at_once(processes: SideProcesses) -> None:
    ready = threading.Barrier(4)

    def ask(number: int) -> object:
        ready.wait()
        return processes.run({"jq": ". + 1", "json": str(number)})["results"]

    with ThreadPoolExecutor(4) as asking:
        assert list(asking.map(ask, range(4))) == [[1], [2], [3], [4]]


def test_processes_end_when_they_are_told() -> None:
    processes = SideProcesses()
    assert processes.run({"jq": ".", "json": "1"})["results"] == [1]
    (idle,) = processes._idle
    processes.stop()
    assert idle.returncode is not None
    assert processes.run({"jq": ".", "json": "2"})["results"] == [2]
    processes.stop()
