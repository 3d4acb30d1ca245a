"""`gitops trigger`: what is printed, and what becomes of the triggers of a service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gitops.app import App
from gitops.cli.main import main
from gitops.engine import clock
from gitops.settings import Settings
from tests.server.conftest import answering
from tests.server.test_triggers import SOURCE, deploy

Run = Callable[..., int]
ONE = ("company.team", "planned", "yearly")
NAME = "company.team.planned yearly  Schedule  "


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """An App with two flows that have a trigger; nothing runs."""
    with App.open(Settings(data=tmp_path / "data")) as app:
        deploy(app, SOURCE.format(id="planned", namespace="company.team"))
        deploy(app, SOURCE.format(id="other", namespace="else").replace("cron:", "disabled: true\n    cron:"))
        yield app


@pytest.fixture
def run(app: App) -> Iterator[Run]:
    """The command against a service."""
    with answering(app) as url:
        yield lambda *words: main(["trigger", *words, "--server", url])


def next_year() -> str:
    return f"next {clock.now().year + 1}-01-01T00:00:00.000000Z"


def test_triggers_are_listed_with_their_next_dates(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    assert capsys.readouterr().out == f"{NAME}{next_year()}\nelse.other yearly  Schedule  disabled in its source\n"
    assert run("list", "--namespace", "company", "--flow", "other") == 0
    assert capsys.readouterr().out == ""


def test_a_trigger_is_disabled_and_enabled(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("disable", *ONE) == 0
    assert run("enable", *ONE) == 0
    assert capsys.readouterr().out == f"{NAME}disabled\n{NAME}{next_year()}\n"


def test_what_its_source_disables_cannot_be_enabled(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("enable", "else", "other", "yearly") == 1
    assert "is disabled in its source; set `disabled: false` there" in capsys.readouterr().err


def test_only_a_locked_trigger_is_unlocked(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("unlock", *ONE) == 1
    assert capsys.readouterr().err == "gitops: trigger yearly of company.team.planned is not locked\n"


def test_a_backfill_is_created_held_let_go_on_and_ended(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    dates = ("--start", "2020-01-01T00:00:00Z", "--end", "2022-01-01T00:00:00Z")
    assert run("backfill", *ONE, *dates, "--input", "a=1", "--label", "why:late") == 0
    assert run("backfill", *ONE, "--pause") == 0
    assert run("backfill", *ONE, "--unpause") == 0
    assert run("backfill", *ONE, "--delete") == 0
    where = "at 2020-01-01T00:00:00.000000Z, until 2022-01-01T00:00:00.000000Z"
    assert capsys.readouterr().out.splitlines() == [
        f"{NAME}backfill now {where}",
        f"{NAME}backfill paused {where}",
        f"{NAME}backfill now {where}",
        f"{NAME}{next_year()}",
    ]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--start", "yesterday"), "--start: expected a date such as 2026-01-31"),
        (("--start", "2026-01-01", "--end", "soon"), "--end: expected a date such as 2026-01-31"),
        (("--start", "2026-01-01", "--label", "late"), "--label: expected KEY:VALUE"),
        (("--start", "2026-01-01", "--input", "a"), "--input: expected ID=VALUE, found `a`"),
    ],
)
def test_what_cannot_be_read_is_told(
    run: Run, words: tuple[str, ...], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backfill", *ONE, *words) == 2
    assert problem in capsys.readouterr().err
