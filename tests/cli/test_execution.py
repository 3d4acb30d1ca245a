"""`gitops execution`: what is printed, what is asked of the service, and when a person is asked first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gitops.app import App
from gitops.cli.execution_choice import ENDS, STATES
from gitops.cli.main import main
from gitops.errors import Conflict
from gitops.execution.state import ENDED, State
from gitops.settings import Settings
from tests.server.conftest import HOOKED, add, answering
from tests.server.large import stored
from tests.server.recorder import Recorder

Run = Callable[..., int]
ID, OTHER = "3vKcCJ7OBXfRKqqUVnWsFZ", "7W2xEVt0VbVYGCkFzM4NPr"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """An App with a flow; nothing runs."""
    with App.open(Settings(data=tmp_path / "data")) as app:
        add(app, HOOKED)
        yield app


@pytest.fixture
def operations(app: App, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Operations that note what they are asked."""
    recorder = Recorder(app)
    monkeypatch.setattr(app.engine, "operations", recorder, raising=False)
    return recorder


@pytest.fixture
def run(app: App, operations: Recorder) -> Iterator[Run]:
    """The command against a service."""
    with answering(app) as url:
        yield lambda *words: main(["execution", *words, "--server", url])


def test_executions_are_listed_by_filter(app: App, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    failed, _ = stored(app, state=State.FAILED), stored(app)
    assert run("list", "--state", "failed", "--namespace", "company", "--flow", "hooked") == 0
    assert capsys.readouterr().out == f"FAILED     company.team.hooked  {failed.id}  2026-11-23 12:00:00 UTC\n"
    assert run("list", "-n", "1") == 0
    assert capsys.readouterr().out.endswith("… and 1 more\n")
    assert run("list", "--since", "2026-11-24") == 0
    assert capsys.readouterr().out == ""


def test_an_execution_is_shown_with_all_its_task_runs(app: App, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    execution = stored(app, state=State.FAILED, children=501)
    assert run("show", execution.id) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:4] == [
        f"FAILED     company.team.hooked  {execution.id}  2026-11-23 12:00:00 UTC",
        "  revision: 1",
        "  allows: restart, replay, mark, state, label, delete",
        f"  SUCCESS    loop  {execution.id}-0",
    ]
    assert (lines[4], len(lines)) == (f"    SUCCESS    say[1]  {execution.id}-1", 3 + 502)


@pytest.mark.parametrize(
    ("words", "call"),
    [
        (["pause"], ("pause", (), {})),
        (["resume", "--task-run", "t"], ("resume", (), {"task_run_id": "t", "inputs": {}, "uploads": {}})),
        (
            ["resume", "--input", "why=a=b", "--input", "n=1"],
            ("resume", (), {"task_run_id": None, "inputs": {"why": "a=b", "n": "1"}, "uploads": {}}),
        ),
        (
            ["review", "--deny", "--comment", "no", "--input", "why=late"],
            (
                "resume",
                (),
                {
                    "task_run_id": None,
                    "comment": "no",
                    "decision": "DENIED",
                    "inputs": {"why": "late"},
                    "uploads": {},
                },
            ),
        ),
        (["kill"], ("kill", (), {"cascade": True})),
        (["kill", "--no-cascade"], ("kill", (), {"cascade": False})),
        (["restart", "--revision", "2"], ("restart", (), {"revision": 2})),
        (["restart", "--latest"], ("restart", (), {"revision": 1})),
        (["replay", "--latest"], ("replay", (), {"task_run_id": None, "revision": 1})),
        (["replay", "--from", "t"], ("replay", (), {"task_run_id": "t", "revision": None})),
        (
            ["replay", "--input", "name=bob"],
            ("replay", (), {"task_run_id": None, "revision": None, "inputs": {"name": "bob"}}),
        ),
        (["mark", "--task-run", "t", "--to", "success"], ("mark", ("t", State.SUCCESS), {})),
        (["state", "--to", "WARNING"], ("change_state", (State.WARNING,), {})),
        (["force-run"], ("force_run", (), {})),
        (["unqueue", "--to", "cancelled"], ("unqueue", (State.CANCELLED,), {})),
        (["label", "--set", "a:b:c, d"], ("set_labels", ([("a", "b:c, d")],), {})),
        (["delete", "--keep-logs"], ("delete", (), {"logs": False, "metrics": True, "files": True})),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_each_verb_is_done_to_one_execution(
    app: App, run: Run, operations: Recorder, *, words: list[str], call: Any
) -> None:
    execution = stored(app, state=State.FAILED)
    name, more, named = call
    assert run(*words, execution.id) == 0
    assert operations.calls == [(name, (execution.id, *more), named)]


@pytest.mark.parametrize(
    ("words", "state", "said"),
    [
        (["pause"], State.RUNNING, "paused 2 executions\n"),
        (["resume"], State.PAUSED, "resumed 2 executions\n"),
        (["kill"], State.RUNNING, "killed 2 executions\n"),
        (["restart"], State.FAILED, "restarted 2 executions\n"),
        (["restart", "--revision", "1"], State.FAILED, "restarted 2 executions\n"),
        (["restart", "--latest"], State.FAILED, "restarted 2 executions\n"),
        (["replay", "--latest"], State.FAILED, "replayed 2 executions\n"),
        (["replay", "--revision", "1", "--input", "name=bob"], State.FAILED, "replayed 2 executions\n"),
        (["state", "--to", "warning"], State.FAILED, "changed 2 executions\n"),
        (["force-run"], State.QUEUED, "forced 2 executions\n"),
        (["unqueue"], State.QUEUED, "unqueued 2 executions\n"),
        (["label", "--set", "a:b"], State.FAILED, "labelled 2 executions\n"),
        (["delete"], State.FAILED, "deleted 2 executions\n"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_each_verb_is_done_to_many_by_ids_and_by_filter(
    app: App,
    run: Run,
    operations: Recorder,
    capsys: pytest.CaptureFixture[str],
    *,
    words: list[str],
    state: State,
    said: str,
) -> None:
    first, second = stored(app, state=state), stored(app, state=state)
    assert run(*words, first.id, second.id) == 0
    assert run(*words, "--state", state, "--yes") == 0
    assert capsys.readouterr().out == said * 2
    assert {args[0] for _, args, _ in operations.calls} == {first.id, second.id}
    assert len(operations.calls) == 4
    asked = operations.calls[0][2]
    assert asked.get("revision") == (1 if {"--revision", "--latest"} & {*words} else None)
    assert asked.get("inputs") == ({"name": "bob"} if "--input" in words else None)


def test_a_filter_that_hits_many_asks_and_does_nothing_without_an_answer(
    app: App, run: Run, operations: Recorder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(app, state=State.RUNNING)
    stored(app, state=State.RUNNING)
    assert run("kill", "--flow", "hooked") == 2
    said = capsys.readouterr().err
    assert said == "gitops: 2 executions fit the filter; give --yes to kill them all\n"
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for answer, code in (("n", 1), ("y", 0)):
        monkeypatch.setattr("builtins.input", lambda _question, answer=answer: answer)
        assert run("kill", "--flow", "hooked") == code
    assert len(operations.calls) == 2


def test_a_filter_that_hits_nothing_is_said(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("kill", "--flow", "nothing") == 1
    assert capsys.readouterr().out == "no execution fits the filter\n"


def test_those_that_do_not_allow_it_are_named(app: App, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = stored(app), stored(app)
    why = "it is SUCCESS; expected RUNNING"
    assert run("pause", first.id, second.id) == 1
    assert capsys.readouterr().err == (
        f"gitops: 2 of 2 executions do not allow this, so nothing was done; {first.id}: {why}\n  {second.id}: {why}\n"
    )


def test_a_filter_that_takes_too_many_is_told_to_be_narrower_and_not_all_are_named(
    app: App, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(25):
        stored(app)
    assert run("pause", "--flow", "hooked", "--yes") == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[-2:] == [
        "  … and 4 more",
        "a filter takes all that it finds; add --state to take only those that allow it",
    ]
    assert len(lines) == 1 + 20 + 2


def test_as_many_are_listed_as_are_asked_for(app: App, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(5):
        stored(app)
    for count, lines in (("3", 4), ("5", 5), ("9", 5)):
        assert run("list", "-n", count) == 0
        assert len(capsys.readouterr().out.splitlines()) == lines


def test_more_than_a_page_is_listed(
    app: App, run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gitops.cli.execution._PAGE", 2)
    ids = {stored(app).id for _ in range(5)}
    assert run("list", "-n", "5") == 0
    out = capsys.readouterr().out
    assert all(id_ in out for id_ in ids)
    assert run("list", "-n", "3") == 0
    assert capsys.readouterr().out.endswith("… and 2 more\n")
    assert run("list", "--flow", "nothing") == 0


def test_an_input_that_nothing_asks_for_is_refused(
    app: App, run: Run, operations: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    execution = stored(app)
    assert run("replay", execution.id, "--input", "nme=ann") == 2
    assert capsys.readouterr().err == "gitops: --input: expected one of `name`, `times`, found `nme`\n"
    assert operations.calls == []


def test_what_is_no_address_of_a_service_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["execution", "list", "--server", "there"]) == 2
    assert capsys.readouterr().err == (
        "gitops: --server: expected an address such as http://127.0.0.1:8080, found `there`\n"
    )


def test_a_refusal_is_one_sentence(
    app: App, run: Run, operations: Recorder, capsys: pytest.CaptureFixture[str]
) -> None:
    execution = stored(app)
    operations.refuse[execution.id] = Conflict("it is SUCCESS already")
    assert run("kill", execution.id) == 1
    assert capsys.readouterr().err == "gitops: it is SUCCESS already\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["kill"], "expected the ids of executions, or else a filter such as --flow report --state FAILED"),
        (["kill", "restart"], "expected the id of an execution, 22 letters and digits, found `restart`; see `list`"),
        (["show", "a.b/c"], "expected the id of an execution, 22 letters and digits, found `a.b/c`; see `list`"),
        (["kill", "a", "--flow", "b"], "expected the ids of executions, or else a filter such as"),
        (
            ["review", "--approve", ID, OTHER],
            "review: with these options, expected the id of one execution, found 2 ids",
        ),
        (["replay", "--from", "t", "--flow", "b"], "replay: with these options, expected the id of one execution, "),
        (["replay", ID, OTHER, "--input", "f=@x"], "--input f: a replay takes no new files, found `@x`"),
        (["mark", ID, OTHER, "--task-run", "t", "--to", "failed"], "mark: with these options, expected the id of one"),
        (["label", ID, "--set", "key"], "--set: expected KEY:VALUE, found `key`"),
        (["kill", "--since", "soon"], "--since: expected 30m, 2h, 7d or a date such as 2026-01-31, found `soon`"),
        (["list", "-n", "0"], "--count: expected at least 1, found 0"),
        (["resume", ID, "--input", "f=@nothing"], "--input f: expected the path of a file, found no file `nothing`"),
    ],
)
def test_what_is_not_usable_is_said(
    run: Run, capsys: pytest.CaptureFixture[str], *, words: list[str], message: str
) -> None:
    assert run(*words) == 2
    assert capsys.readouterr().err.startswith(f"gitops: {message}")


@pytest.mark.parametrize("words", [["state", ID, "--to", "done"], ["list", "--state", "done"]])
def test_a_state_that_there_is_not_is_said_with_those_that_there_are(
    run: Run, capsys: pytest.CaptureFixture[str], *, words: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2
    assert "invalid choice: 'DONE' (choose from " in capsys.readouterr().err


def test_the_states_are_those_of_the_engine() -> None:
    assert set(STATES) == set(State)
    assert {State(each) for each in ENDS} == ENDED


def test_a_file_is_sent_for_an_input(app: App, run: Run, operations: Recorder, tmp_path: Path) -> None:
    execution = stored(app, state=State.PAUSED)
    (tmp_path / "rows.csv").write_text("a;b")
    assert run("resume", execution.id, "--input", f"table=@{tmp_path / 'rows.csv'}") == 0
    assert operations.calls[0][2]["uploads"]["table"].name == "rows.csv"
