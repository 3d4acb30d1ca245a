"""The linter as a person starts it: one file, and ten thousand, beside other linters on the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.bench.figure import Figure, head
from tests.bench.flows import many_flows
from tests.bench.installation import CACHE, gitops
from tests.bench.timing import python_start, time_of
from tests.stories.clone import flow, git

MANY = 10_000
_NAMESPACES = 26
_FEWEST, _MOST = 3, 8
"""Tasks of a flow: with these, a flow is as large as the public ones are in the middle."""

_SCHEMA = Path(__file__).parents[2] / "schemas" / "flow.schema.json"
_PEERS: Mapping[str, str] = {"yamllint": "1.38.0", "check-jsonschema": "0.39.0", "ruff": "0.17.6"}
_FILES_OF_SLOW_PEERS = {"yamllint": 500, "check-jsonschema": 100}
"""How many files these are given; their time for all is reckoned from that."""


def lint_files(rounds: int) -> None:
    """One file, and ten thousand: for the first time, again, and with one of them changed."""
    print(head(_PEERS))
    peers = _environment()
    with tempfile.TemporaryDirectory() as folder:
        _one_file(Path(folder, "one"), peers, rounds)
        _many_files(Path(folder, "many"), peers, max(3, rounds // 2))


def _one_file(folder: Path, peers: Path, rounds: int) -> None:
    folder.mkdir()
    file = folder / "hello.yml"
    file.write_text(flow("hello"))
    script = folder / "hello.py"
    script.write_text(file.read_text().replace("id:", "# id:").replace(": ", " = "))
    Figure(
        what="one file, whole process",
        ours=_milliseconds(rounds, [gitops(), "lint", file]),
        unit="ms",
        goal=75,
        peers={
            "yamllint": _milliseconds(rounds, [peers / "yamllint", "-d", "relaxed", file]),
            "check-jsonschema": _milliseconds(rounds, [peers / "check-jsonschema", "--schemafile", _SCHEMA, file]),
            "ruff": _milliseconds(rounds, [peers / "ruff", "check", "--no-cache", "--exit-zero", script]),
        },
        floor=time_of(rounds, python_start) * 1e3,
    ).show(_PEERS)


def _many_files(folder: Path, peers: Path, rounds: int) -> None:
    repository = _repository(folder / "flows")
    scripts = _scripts(repository, folder / "scripts")
    ruff: list[Path | str] = [
        peers / "ruff",
        "check",
        "--quiet",
        "--exit-zero",
        "--cache-dir",
        folder / "ruff",
        scripts,
    ]
    slow = {name: _reckoned(repository, name, peers) for name in _FILES_OF_SLOW_PEERS}
    floor = time_of(rounds, lambda: _read_all(repository))
    with _own_cache(folder / "cache") as (cold, warm):
        every = {**slow, "ruff": _seconds(rounds, [*ruff, "--no-cache"])}
        Figure(
            what="10,000 flows, never seen",
            ours=_timed(rounds, repository, cold),
            unit="s",
            goal=3,
            peers=every,
            floor=floor,
        ).show(_PEERS)
        again = {**slow, "ruff": _seconds(rounds, ruff)}
        Figure(
            what="10,000 flows, seen before",
            ours=_timed(rounds, repository, warm),
            unit="s",
            goal=0.2,
            peers=again,
            floor=floor,
        ).show(_PEERS)
        changed = _timed(rounds, repository, lambda: _change_one(repository))
        Figure(what="10,000 flows, one changed", ours=changed, unit="s", goal=0.25, peers=again, floor=floor).show(
            _PEERS
        )


@contextmanager
def _own_cache(folder: Path) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """A cache of the benchmark's own, and what is done before a run that shall be the first, or not the first."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    try:
        yield lambda: shutil.rmtree(folder, ignore_errors=True), lambda: None
    finally:
        os.environ.pop("XDG_CACHE_HOME")
        if before is not None:
            os.environ["XDG_CACHE_HOME"] = before


def _timed(rounds: int, repository: Path, prepare: Callable[[], None]) -> float:
    """The median of several runs over a repository, each after something was prepared."""
    _run([gitops(), "lint"], repository)
    times = []
    for _ in range(rounds):
        prepare()
        began = time.perf_counter()
        _run([gitops(), "lint"], repository)
        times.append(time.perf_counter() - began)
    return median(times)


def _repository(folder: Path) -> Path:
    """A Git repository of ten thousand flows in their namespaces' folders, committed."""
    folder.mkdir(parents=True)
    git(folder, "init", "--quiet")
    for number, source in enumerate(many_flows(MANY, fewest=_FEWEST, most=_MOST)):
        team = folder / "company" / f"team{number % _NAMESPACES}"
        team.mkdir(parents=True, exist_ok=True)
        (team / f"flow_{number}.yml").write_text(source.replace("company.team", f"company.{team.name}", 1))
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Ten thousand flows")
    return folder


def _scripts(repository: Path, folder: Path) -> Path:
    """As many files of Python with as many bytes: what a fast linter for another language makes of that much text."""
    folder.mkdir()
    for number, file in enumerate(sorted(repository.rglob("*.yml"))):
        lines = (f"value_{line} = [{line}, 'some text', value_{line - 1}]\n" for line in range(1, 1_000))
        text = "".join(lines)[: file.stat().st_size]
        (folder / f"script_{number}.py").write_text(f"value_0 = {number}\n{text.rpartition(chr(10))[0]}\n")
    return folder


def _reckoned(repository: Path, name: str, peers: Path) -> float:
    """What a slow peer takes for all flows, from what it takes for some of them."""
    count = _FILES_OF_SLOW_PEERS[name]
    files = sorted(repository.rglob("*.yml"))[:count]
    options: list[Path | str] = ["-d", "relaxed"] if name == "yamllint" else ["--schemafile", _SCHEMA]
    one, some = (_seconds(3, [peers / name, *options, *chosen]) for chosen in (files[:1], files))
    return one + (some - one) * (MANY - 1) / (count - 1)


def _change_one(repository: Path) -> None:
    file = repository / "company" / "team0" / "flow_0.yml"
    file.write_text(f"{file.read_text()}# changed\n")


def _read_all(repository: Path) -> None:
    for file in repository.rglob("*.yml"):
        file.read_bytes()


def _environment() -> Path:
    """The programs of the peers, in an environment that is made when it is not there."""
    folder = CACHE / "linters"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        packages = [f"{name}=={version}" for name, version in _PEERS.items()]
        _run([folder / "bin" / "python", "-m", "pip", "install", "-q", *packages], folder)
        (folder / "complete").touch()
    return folder / "bin"


def _milliseconds(rounds: int, command: Sequence[Path | str]) -> float:
    return _seconds(rounds, command) * 1e3


def _seconds(rounds: int, command: Sequence[Path | str]) -> float:
    return time_of(rounds, lambda: subprocess.run(command, check=False, capture_output=True))


def _run(command: Sequence[Path | str], folder: Path) -> None:
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
