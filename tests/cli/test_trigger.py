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


def test_a_filter_that_hits_many_asks_first(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("disable", "--query", "e") == 2
    assert capsys.readouterr().err == "gitops: 2 triggers fit the filter; give --yes to disable them all\n"
    assert run("disable", "--query", "e", "--yes") == 0
    assert run("disable", "--flow", "none") == 1
    assert capsys.readouterr().out == "disabled 1 trigger\nno trigger fits the filter\n"
    assert run("list", "--flow", "planned") == 0
    assert capsys.readouterr().out == f"{NAME}disabled\n"


def test_backfills_are_steered_by_a_filter(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("backfill", *ONE, "--start", "2020-01-01T00:00:00Z", "--end", "2022-01-01T00:00:00Z")
    for word in ("--pause", "--unpause", "--delete"):
        assert run("backfill", "--namespace", "company", word) == 0
    said = "steered the backfill of 1 trigger\n"
    assert capsys.readouterr().out.endswith(said * 3)


def test_a_trigger_is_reset_and_only_a_polling_one_is_evaluated_anew(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("disable", *ONE)
    assert run("reset", *ONE) == 0
    assert run("list", "--flow", "planned") == 0
    assert run("restart", *ONE) == 1
    said = capsys.readouterr()
    assert said.out == f"{NAME}disabled\nreset\n{NAME}{next_year()}\n"
    assert "which is not evaluated in an interval" in said.err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("disable",), "expected NAMESPACE FLOW TRIGGER, or else a filter such as --namespace company"),
        (("disable", *ONE, "--flow", "planned"), "expected NAMESPACE FLOW TRIGGER, or else a filter"),
        (("unlock", "planned"), "expected NAMESPACE FLOW TRIGGER, such as company.team nightly every_night, found pl"),
        (("restart",), "expected NAMESPACE FLOW TRIGGER, such as company.team nightly every_night, found nothing"),
        (
            ("backfill", "--flow", "planned", "--start", "2026-01-01"),
            "backfill: with these options, expected NAMESPACE FLOW TRIGGER, found a filter",
        ),
    ],
)
def test_which_triggers_are_meant_has_to_be_clear(
    run: Run, words: tuple[str, ...], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    assert capsys.readouterr().err.startswith(f"gitops: {problem}")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--start", "yesterday"), "--start: expected a date such as 2026-01-31"),
        (("--start", "2026-01-01", "--end", "soon"), "--end: expected a date such as 2026-01-31"),
        (("--start", "2026-01-01", "--label", "late"), "--label: expected KEY:VALUE, found `late`"),
        (("--start", "2026-01-01", "--input", "a"), "--input: expected ID=VALUE, found `a`"),
    ],
)
def test_what_cannot_be_read_is_told(
    run: Run, words: tuple[str, ...], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backfill", *ONE, *words) == 2
    assert problem in capsys.readouterr().err
