"""The operators' verbs on one execution: what each address asks of the engine, and how its refusals are answered."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from gitops.app import App
from gitops.errors import Conflict, ExpressionError, GitopsError, InputProblem, InvalidInputs, NotFound
from gitops.execution.state import Execution, State
from tests.server.conftest import HOOKED, add
from tests.server.large import stored
from tests.server.recorder import Recorder

API = "/api/v1/main/executions"


@pytest.fixture
def operations(app: App, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Operations that note what they are asked."""
    recorder = Recorder(app)
    monkeypatch.setattr(app.engine, "operations", recorder, raising=False)
    return recorder


@pytest.fixture
def execution(app: App) -> Execution:
    """An execution that stands still."""
    return stored(app, state=State.FAILED)


@pytest.mark.parametrize(
    ("method", "path", "body", "call"),
    [
        ("POST", "pause", {}, ("pause", (), {})),
        ("DELETE", "kill", {}, ("kill", (), {"cascade": True})),
        ("DELETE", "kill?isOnKillCascade=false", {}, ("kill", (), {"cascade": False})),
        ("POST", "restart", {}, ("restart", (), {"revision": None})),
        ("POST", "restart?revision=3", {}, ("restart", (), {"revision": 3})),
        ("POST", "replay", {}, ("replay", (), {"task_run_id": None, "revision": None})),
        ("POST", "replay?taskRunId=t&revision=2", {}, ("replay", (), {"task_run_id": "t", "revision": 2})),
        (
            "POST",
            "replay-with-inputs?taskRunId=t",
            {"data": {"name": "bob"}},
            ("replay", (), {"task_run_id": "t", "revision": None, "inputs": {"name": "bob"}}),
        ),
        ("POST", "state", {"json": {"taskRunId": "t", "state": "SUCCESS"}}, ("mark", ("t", State.SUCCESS), {})),
        ("POST", "change-status?status=WARNING", {}, ("change_state", (State.WARNING,), {})),
        ("POST", "force-run", {}, ("force_run", (), {})),
        ("POST", "unqueue", {}, ("unqueue", (State.RUNNING,), {})),
        ("POST", "unqueue?state=CANCELLED", {}, ("unqueue", (State.CANCELLED,), {})),
        (
            "POST",
            "resume?taskRunId=t",
            {"json": {"reason": "fine"}},
            ("resume", (), {"task_run_id": "t", "inputs": {"reason": "fine"}, "uploads": {}}),
        ),
        ("POST", "resume", {}, ("resume", (), {"task_run_id": None, "inputs": {}, "uploads": {}})),
        (
            "POST",
            "review?decision=DENIED&comment=no",
            {"data": {"why": "late"}},
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
    ],
)
def test_each_verb_reaches_the_engine_at_both_of_its_addresses(
    client: httpx.Client, execution: Execution, operations: Recorder, *, method: str, path: str, body: Any, call: Any
) -> None:
    name, more, named = call
    for place in ("", "actions/"):
        answer = client.request(method, f"{API}/{execution.id}/{place}{path}", **body)
        assert answer.is_success, answer.text
        assert (answer.json()["id"] if answer.content else None) == (None if name == "resume" else execution.id)
        assert operations.calls.pop() == (name, (execution.id, *more), named)


def test_a_file_for_a_resume_is_there_while_the_engine_reads_it(
    client: httpx.Client, execution: Execution, operations: Recorder
) -> None:
    client.post(f"{API}/{execution.id}/resume", files={"table": ("rows.csv", b"a;b")})
    ((_, _, named),) = operations.calls
    assert (named["uploads"]["table"].name, named["uploads"]["table"].path.exists()) == ("rows.csv", False)


def test_a_replay_takes_no_files(client: httpx.Client, execution: Execution, operations: Recorder) -> None:
    answer = client.post(f"{API}/{execution.id}/replay-with-inputs", files={"table": ("rows.csv", b"a;b")})
    assert (answer.status_code, operations.calls) == (422, [])


def test_an_execution_is_deleted_with_what_belongs_to_it_unless_told_otherwise(
    client: httpx.Client, execution: Execution, operations: Recorder
) -> None:
    assert client.delete(f"{API}/{execution.id}").status_code == 204
    assert client.delete(f"{API}/{execution.id}?deleteLogs=false&deleteStorage=false").status_code == 204
    assert [named for _, _, named in operations.calls] == [
        {"logs": True, "metrics": True, "files": True},
        {"logs": False, "metrics": True, "files": False},
    ]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("there is no such thing"), 404),
        (Conflict("it is SUCCESS already"), 409),
        (InvalidInputs((InputProblem("reason", "missing required input `reason`"),)), 422),
    ],
)
def test_a_refusal_of_the_engine_is_answered_with_its_message(
    client: httpx.Client, execution: Execution, operations: Recorder, *, error: GitopsError, status: int
) -> None:
    operations.refuse[execution.id] = error
    answer = client.post(f"{API}/{execution.id}/resume")
    assert (answer.status_code, answer.json()["message"]) == (status, str(error))


_FAILED, _RUNNING = State.FAILED, State.RUNNING


@pytest.mark.parametrize(
    ("method", "verb", "state", "status", "message"),
    [
        ("POST", "pause", _FAILED, 422, "cannot be paused: it is FAILED; only a RUNNING one can be"),
        ("POST", "resume", _RUNNING, 409, "cannot be resumed: it is RUNNING; only a PAUSED one can be"),
        ("DELETE", "kill", _FAILED, 409, "cannot be killed: it is FAILED; only one that has not ended can be"),
        (
            "POST",
            "restart",
            _RUNNING,
            409,
            "cannot be restarted: it is RUNNING; only one in which a task run failed or is paused can be",
        ),
        ("POST", "replay", _RUNNING, 422, "cannot be replayed: it is RUNNING; kill it first"),
        ("POST", "force-run", _FAILED, 422, "cannot be run: it is FAILED already"),
        ("POST", "unqueue", _FAILED, 422, "cannot be taken out of the queue: it is FAILED; only a QUEUED one can be"),
        ("POST", "labels", _RUNNING, 400, "cannot be given labels: it is RUNNING; labels can be set once it has ended"),
        (
            "POST",
            "change-status?status=SUCCESS",
            _RUNNING,
            422,
            "cannot be changed: it is RUNNING; its state can be changed once it has ended, and to another one",
        ),
        ("DELETE", "", _RUNNING, 409, "cannot be deleted: it is RUNNING; kill it first"),
    ],
)
def test_a_state_that_does_not_allow_a_verb_is_named_with_the_status_that_clients_know(
    client: httpx.Client, app: App, *, method: str, verb: str, state: State, status: int, message: str
) -> None:
    found = stored(app, state=state)
    answer = client.request(method, f"{API}/{found.id}/{verb}".rstrip("/"), json=[] if verb == "labels" else None)
    assert (answer.status_code, answer.json()["message"]) == (status, f"execution {found.id} {message}")


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("state", {"json": {"taskRunId": "none", "state": "SUCCESS"}}),
        ("replay?taskRunId=none", {}),
        ("eval/none", {"content": "{{ outputs }}"}),
    ],
)
def test_a_task_run_that_the_execution_does_not_have_is_422(
    client: httpx.Client, execution: Execution, *, verb: str, body: dict[str, Any]
) -> None:
    answer = client.post(f"{API}/{execution.id}/{verb}", **body)
    found = ("No task found with the task run id none in the execution {}", "the execution {} has no task run none")
    messages = [f"{words.format(execution.id)}; expected the id of one of its task runs" for words in found]
    assert (answer.status_code, answer.json()["message"]) == (422, messages[not verb.startswith("replay")])


def test_a_pause_that_does_not_exist_cannot_be_resumed(client: httpx.Client, app: App) -> None:
    paused = stored(app, state=State.PAUSED)
    answer = client.post(f"{API}/{paused.id}/resume?taskRunId=none")
    message = f"the execution {paused.id} has no task run none; expected the id of one of its task runs"
    assert (answer.status_code, answer.json()["message"]) == (422, message)


def test_labels_are_added_and_a_value_may_hold_anything(
    client: httpx.Client, execution: Execution, operations: Recorder
) -> None:
    for method in ("POST", "PUT"):
        labels = [{"key": " b ", "value": "x:y, z"}, {"key": "c", "value": ""}]
        assert client.request(method, f"{API}/{execution.id}/labels", json=labels).is_success
        assert operations.calls.pop() == ("set_labels", (execution.id, [("b", "x:y, z"), ("c", "")]), {})


@pytest.mark.parametrize(
    ("key", "message"),
    [
        (" ", "labels: expected a key, found a blank one"),
        (
            "system.username",
            "labels: `system.username` cannot be set; keys that start with `system.` belong to the service",
        ),
    ],
)
def test_a_label_that_nobody_may_set_is_422(
    client: httpx.Client, execution: Execution, operations: Recorder, *, key: str, message: str
) -> None:
    for method in ("POST", "PUT"):
        answer = client.request(method, f"{API}/{execution.id}/labels", json=[{"key": key, "value": "x"}])
        assert (answer.status_code, answer.json()["message"]) == (422, message)
    assert operations.calls == []


def test_an_expression_is_evaluated_and_a_wrong_one_says_why(
    client: httpx.Client, execution: Execution, operations: Recorder
) -> None:
    operations.value = {"a": [1, None]}
    answer = client.post(f"{API}/{execution.id}/eval/t", content="{{ outputs }}")
    assert answer.json() == {"result": '{"a":[1,null]}'}
    assert operations.calls == [("evaluate", (execution.id, "t", "{{ outputs }}"), {})]
    operations.refuse[execution.id] = ExpressionError("there is no variable `outpts`")
    answer = client.post(f"{API}/{execution.id}/actions/eval", content="{{ outpts }}")
    assert (answer.status_code, answer.json()) == (200, {"error": "there is no variable `outpts`"})


def test_a_flow_may_be_called_like_a_verb(client: httpx.Client, app: App, operations: Recorder) -> None:
    add(app, HOOKED.replace("id: hooked", "id: pause", 1))
    answer = client.post(f"{API}/company.team/pause")
    assert (answer.status_code, answer.json()["flowId"]) == (200, "pause")
    assert operations.calls == []


@pytest.mark.parametrize("verb", ["pause", "restart", "state"])
def test_a_verb_after_what_is_no_id_is_not_taken_for_a_flow_only(client: httpx.Client, verb: str) -> None:
    answer = client.post(f"{API}/short/{verb}")
    assert answer.status_code == 404
    assert answer.json()["message"] == (
        f"expected the id of an execution, 22 letters and digits, before `{verb}`, found `short`; "
        f"there is no flow short.{verb} either"
    )


def test_a_flow_may_bear_the_name_of_a_verb(client: httpx.Client, app: App) -> None:
    add(app, HOOKED.replace("id: hooked", "id: pause"))
    assert client.post(f"{API}/company.team/pause").json()["flowId"] == "pause"


@pytest.mark.parametrize(
    ("query", "body", "message"),
    [
        ("state", {"json": {"taskRunId": "x", "state": "DONE"}}, "body.state: expected 'CREATED', "),
        ("change-status", {}, "query.status: expected a value, found none"),
        (
            "change-status?status=SKIPPED",
            {},
            "expected a state in which an execution has ended, found SKIPPED; those are ",
        ),
        ("restart?revision=x", {}, "query.revision: expected a valid integer, "),
        ("labels", {"json": {"a": "b"}}, "body: expected a valid list"),
    ],
)
def test_what_is_not_usable_says_what_was_expected(
    client: httpx.Client, app: App, query: str, body: dict[str, object], message: str
) -> None:
    answer = client.post(f"{API}/{stored(app).id}/{query}", **body)  # type: ignore[arg-type]  # what httpx takes
    assert answer.status_code == 422
    assert answer.json()["message"].startswith(message)
    assert "Content-Type" not in answer.json()["message"]


def test_json_that_is_sent_as_a_form_is_said_to_be_so(client: httpx.Client, app: App) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post(f"{API}/pause/by-ids", content='["a"]', headers=form)
    assert answer.status_code == 422
    assert answer.json()["message"].endswith(
        "; the body is read as JSON only with the header `Content-Type: application/json`, "
        "found application/x-www-form-urlencoded"
    )
