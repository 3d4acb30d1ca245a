"""`gitops execution create` and `logs`: an execution is made, its log is printed, and followed to its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gitops.app import App
from gitops.cli.execution_logs import LEVELS
from gitops.cli.main import main
from gitops.execution.state import Execution, State
from gitops.language.scalars import Level
from gitops.settings import Settings
from gitops.store.executions import ExecutionFilter
from tests.server.conftest import HOOKED, add, answering, until
from tests.server.large import log, stored

Run = Callable[..., int]
FAILING = """\
id: failing
namespace: company.team
inputs:
  - id: rows
    type: FILE
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{{ read(inputs.rows) }}"
  - id: loud
    type: io.kestra.plugin.core.log.Log
    level: WARN
    message: careful
  - id: stop
    type: io.kestra.plugin.core.execution.Fail
"""

PAUSING = """\
id: pausing
namespace: company.team
tasks:
  - id: ask
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - id: reason
        type: STRING
"""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """A running App with two flows."""
    with App.open(Settings(data=tmp_path / "data")) as app:
        app.start()
        add(app, HOOKED)
        add(app, FAILING)
        yield app


@pytest.fixture
def run(app: App) -> Iterator[Run]:
    """The command against a service."""
    with answering(app) as url:
        yield lambda *words: main(["execution", *words, "--server", url])


def _newest(app: App) -> Execution:
    with app.store.database.read() as connection:
        return app.store.executions.search(connection, ExecutionFilter(), size=1).results[0]


def test_an_execution_is_created_with_inputs_and_labels_and_followed(
    app: App, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("create", "company.team", "hooked", "--input", "name=ann", "--label", "a:b", "--follow") == 0
    first, line, last = capsys.readouterr().out.splitlines()
    made = _newest(app)
    assert made.id in first
    assert re.fullmatch(r"\d\d:\d\d:\d\d\.\d{6} INFO  say: hello ann", line)
    assert last.startswith(f"SUCCESS    company.team.hooked  {made.id}  ")
    assert last.endswith("  owner:data a:b")


def test_a_failure_is_followed_to_its_end_and_is_an_exit_code(
    run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text("a;b")
    assert run("create", "company.team", "failing", "--input", f"rows=@{tmp_path / 'rows.csv'}", "--follow") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith(" INFO  say: a;b")
    assert lines[-1].startswith("FAILED ")


def test_an_execution_may_begin_later(app: App, run: Run) -> None:
    assert run("create", "company.team", "hooked", "--at", "2099-01-01T12:00:00+00:00", "--revision", "1") == 0
    made = _newest(app)
    assert (made.state, made.schedule_date is not None) == (State.CREATED, True)


def test_a_log_is_printed_whole_by_level_and_by_task(
    app: App, run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    execution = stored(app)
    log(app, execution, 2_500)
    assert run("logs", execution.id) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2_500
    (tmp_path / "rows.csv").write_text("a;b")
    run("create", "company.team", "failing", "--input", f"rows=@{tmp_path / 'rows.csv'}", "--follow")
    id_ = _newest(app).id
    for words, tasks in (
        (["--task", "say"], ["say"]),
        (["--level", "warn", "--follow"], ["loud", "stop"]),
        (["--level", "warn", "--task", "loud"], ["loud"]),
    ):
        capsys.readouterr()
        assert run("logs", id_, *words) == int("--follow" in words)
        found = re.findall(r"^\S+ \w+ +(\w+): ", capsys.readouterr().out, re.MULTILINE)
        assert found == tasks


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["logs", "kill"], 2, "expected the id of an execution, 22 letters and digits, found `kill`"),
        (["logs", "3vKcCJ7OBXfRKqqUVnWsFZ"], 1, "there is no execution 3vKcCJ7OBXfRKqqUVnWsFZ"),
        (["logs", "3vKcCJ7OBXfRKqqUVnWsFZ", "--follow"], 1, "there is no execution 3vKcCJ7OBXfRKqqUVnWsFZ"),
        (["create", "company.team", "nothing"], 1, "there is no flow company.team.nothing"),
        (
            ["create", "company.team", "hooked/x"],
            1,
            "there is no address /api/v1/main/executions/company.team/hooked/x; ",
        ),
        (["create", "company.team", "hooked", "--input", "nme=x"], 2, "expected one of `name`, `times`, found `nme`"),
        (
            ["create", "company.team", "hooked", "--input", "times=x"],
            1,
            "input for `times`, it must be a whole number, but received `x`",
        ),
        (["create", "company.team", "hooked", "--label", "x"], 1, "labels: expected `key:value`, found `x`"),
        (["create", "company.team", "hooked", "--at", "soon"], 2, "--at: expected a date such as 2026-01-31T08:00"),
    ],
)
def test_what_is_not_usable_is_said(
    run: Run, capsys: pytest.CaptureFixture[str], *, words: list[str], code: int, message: str
) -> None:
    assert run(*words) == code
    assert message in capsys.readouterr().err


def test_an_input_that_the_pause_does_not_ask_for_is_refused(
    app: App, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    add(app, PAUSING)
    run("create", "company.team", "pausing")
    id_ = _newest(app).id
    until(app, id_, State.PAUSED)
    capsys.readouterr()
    assert run("resume", id_, "--input", "why=late") == 2
    assert capsys.readouterr().err == "gitops: --input: expected one of `reason`, found `why`\n"
    assert run("resume", id_, "--input", "reason=late") == 0
    assert app.engine.wait(id_, 30).state is State.SUCCESS


def test_the_levels_are_those_of_the_engine() -> None:
    assert list(LEVELS) == [level.value for level in Level]
