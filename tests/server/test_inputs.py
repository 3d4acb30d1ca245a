"""What a request gives for inputs: values of every type, and files, as the execution and its tasks see them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from gitops.app import App
from tests.server.conftest import add

API = "/api/v1/main"
START = f"{API}/executions/company.team/filed"
FILED = """\
id: filed
namespace: company.team
inputs:
  - {id: table, type: FILE, required: false, allowedFileExtensions: [.csv]}
  - {id: files, type: FILE, required: false}
  - {id: at, type: DATETIME, required: false}
  - {id: day, type: DATE, required: false}
  - {id: clock, type: TIME, required: false}
  - {id: length, type: DURATION, required: false}
  - {id: count, type: INT, required: false}
tasks:
  - id: file
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.files is null ? (inputs.table is null ? '' : read(inputs.table)) : read(inputs.files) }}"
  - id: dates
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.at }} {{ inputs.day }} {{ inputs.clock }} {{ inputs.length }}"
"""


@pytest.fixture
def client(app: App, client: httpx.Client) -> httpx.Client:
    """A client of a service that has the flow above too."""
    add(app, FILED)
    return client


def run(client: httpx.Client, **body: Any) -> tuple[dict[str, Any], list[str]]:
    """Run the flow to its end; gives its inputs that have a value, and what its tasks logged."""
    answer = client.post(f"{START}?wait=true", **body)
    assert answer.status_code == 200, answer.text
    execution = answer.json()
    lines = client.get(f"{API}/logs/{execution['id']}").json()
    given = {name: value for name, value in execution["inputs"].items() if value is not None}
    return given, [line["message"] for line in lines]


def stored(folder: Path) -> list[str]:
    """The names of the files that internal storage keeps for inputs."""
    return sorted(file.name for file in folder.glob("data/storage/**/inputs/**/*") if file.is_file())


@pytest.mark.parametrize(
    ("field", "name", "input_id", "stored_as"),
    [
        ("table", "rows.csv", "table", "rows.csv"),
        ("table", "../../rows.csv", "table", "rows.csv"),
        ("table", "50% of # rows?.csv", "table", "50% of # rows?.csv"),
        ("files", "files", "files", "files"),
        ("upload", "files", "files", "files"),
        ("files", "rows.txt", "files", "rows.txt"),
        ("files", "..", "files", "file"),
    ],
    ids=["field", "path", "odd-name", "file-name", "file-name-in-any-field", "input-called-files", "up"],
)
def test_a_file_is_for_the_input_that_its_field_or_its_name_names(
    client: httpx.Client, tmp_path: Path, field: str, name: str, *, input_id: str, stored_as: str
) -> None:
    given, logs = run(client, files={field: (name, b"a;b")})
    assert list(given) == [input_id]
    assert given[input_id].startswith("kestra:///company/team/filed/executions/")
    assert given[input_id].endswith(f"/inputs/{input_id}/{stored_as}")
    assert "a;b" in logs
    assert stored(tmp_path) == [stored_as]


def test_a_file_for_no_input_is_ignored_and_not_kept(client: httpx.Client, tmp_path: Path) -> None:
    assert run(client, files={"nothing": ("rows.csv", b"a;b")})[0] == {}
    assert stored(tmp_path) == []


@pytest.mark.parametrize(
    ("files", "data", "message"),
    [
        ({"files": ("files", b"")}, {}, "the file for the input `files` is empty; expected at least one byte"),
        ({"table": ("rows.txt", b"a")}, {}, "Invalid input for `table`, its name must end with one of `[.csv]`"),
        ({"table": ("rows.csv", b"a")}, {"count": "x"}, "Invalid input for `count`, it must be a whole number"),
    ],
    ids=["empty", "another-ending", "another-input-is-wrong"],
)
def test_no_file_of_a_refused_execution_is_kept(
    client: httpx.Client, tmp_path: Path, files: Any, *, data: dict[str, str], message: str
) -> None:
    answer = client.post(START, files=files, data=data)
    assert (answer.status_code, answer.json()["message"][: len(message)]) == (422, message)
    assert stored(tmp_path) == []
    assert client.get(f"{API}/executions/search?flowId=filed").json()["total"] == 0


def test_dates_keep_their_type_on_their_way_through_the_store(client: httpx.Client) -> None:
    values = {"at": "2026-01-01T00:00:00+02:00", "day": "2026-03-04", "clock": "08:30:00", "length": "PT90M"}
    given, logs = run(client, data=values)
    assert given == {**values, "length": "PT1H30M"}
    assert "2026-01-01T00:00+02:00 2026-03-04 08:30 PT1H30M" in logs


def test_a_body_that_is_nested_too_deeply_is_422(client: httpx.Client) -> None:
    answer = client.post(START, content=b"[" * 100_000, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("the body is not JSON: ")
