"""Files of real executions are deleted by their tasks: one, all of one execution, and old ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.execution.state import Execution, State
from gitops.storage.storage import Storage
from tests.engine.workshop import Workshop

_STORAGE = "io.kestra.plugin.core.storage"


def flow(flow_id: str, *tasks: str, namespace: str = "company.team") -> str:
    return f"id: {flow_id}\nnamespace: {namespace}\ntasks:\n" + "\n".join(tasks)


def write(task_id: str = "write") -> str:
    return f"  - {{id: {task_id}, type: {_STORAGE}.Write, content: text}}"


def outputs(execution: Execution, task_id: str) -> dict[str, object]:
    return next(dict(run.outputs or {}) for run in execution.in_order() if run.task_id == task_id)


def storage(workshop: Workshop) -> Storage:
    return workshop.engine._surroundings.storage


def message(execution: Execution, task_id: str) -> str:
    return next(str(run.message) for run in execution.in_order() if run.task_id == task_id)


def delete(uri: str, **more: object) -> str:
    properties = "".join(f", {name}: {value}" for name, value in more.items())
    return f'  - {{id: delete, type: {_STORAGE}.Delete, uri: "{uri}"{properties}}}'


def test_a_file_of_the_execution_is_deleted_once(workshop: Workshop) -> None:
    again = delete("{{ outputs.write.uri }}").replace("id: delete", "id: again")
    ended = workshop.run(flow("tidy", write(), delete("{{ outputs.write.uri }}"), again))
    uri = outputs(ended, "write")["uri"]
    assert outputs(ended, "delete") == {"uri": uri, "deleted": True}
    assert outputs(ended, "again") == {"uri": uri, "deleted": False}


def test_a_missing_file_is_a_failure_when_it_must_be_there(workshop: Workshop) -> None:
    uri = "kestra:///company/team/_files/none.txt"
    ended = workshop.run(flow("tidy", delete(uri, errorOnMissing="true")))
    assert message(ended, "delete") == f"uri: expected a file of internal storage, found none at `{uri}`"


def test_files_of_other_executions_cannot_be_deleted(workshop: Workshop) -> None:
    other = outputs(workshop.run(flow("other", write())), "write")["uri"]
    ended = workshop.run(flow("tidy", delete(str(other))))
    assert "didn't belong to the current execution" in message(ended, "delete")
    assert storage(workshop).size(str(other)) == 4


def test_an_execution_deletes_all_its_own_files_and_no_others(workshop: Workshop) -> None:
    other = str(outputs(workshop.run(flow("purging", write())), "write")["uri"])
    purge = f"  - {{id: purge, type: {_STORAGE}.PurgeCurrentExecutionFiles}}"
    ended = workshop.run(flow("purging", write("a"), write("b"), purge))
    assert set(outputs(ended, "purge")["uris"]) == {outputs(ended, name)["uri"] for name in ("a", "b")}  # type: ignore[call-overload]  # a list, as said
    assert storage(workshop).size(other) == 4


def purge_storage(workshop: Workshop, **properties: object) -> dict[str, object]:
    given = {"endDate": "\"{{ now() | dateAdd(1, 'DAYS') }}\"", "dryRun": "false", **properties}
    lines = "".join(f"\n    {name}: {value}" for name, value in given.items())
    task = f"  - id: purge\n    type: {_STORAGE}.PurgeStorage{lines}"
    ended = workshop.run(flow("janitor", write("own"), task, namespace="ops"))
    assert ended.state is State.SUCCESS, message(ended, "purge")
    return outputs(ended, "purge")


@pytest.mark.parametrize(
    ("properties", "counts"),
    [
        ({}, (3, 3, 3)),
        ({"dryRun": "true"}, (3, 3, 0)),
        ({"namespace": "company.team"}, (2, 2, 2)),
        ({"namespace": "company.team", "flowId": "second"}, (1, 1, 1)),
        ({"endDate": "'2020-01-01T00:00:00Z'"}, (3, 0, 0)),
        ({"startDate": "'2100-01-01T00:00:00Z'"}, (3, 0, 0)),
    ],
)
def test_old_files_of_ended_executions_are_purged(
    workshop: Workshop, properties: dict[str, object], counts: tuple[int, int, int]
) -> None:
    """The execution that purges has a file too, and keeps it."""
    for flow_id, namespace in (("first", "company.team"), ("second", "company.team"), ("first", "company")):
        workshop.run(flow(flow_id, write(), namespace=namespace))
    scanned, purged, deleted = counts
    assert purge_storage(workshop, **properties) == {
        "scannedCount": scanned,
        "purgedCount": purged,
        "deletedFilesCount": deleted,
    }
    left = [each.uri for each in storage(workshop).below("") if "/executions/" in each.uri]
    assert len(left) == 4 - deleted
    assert any(uri.startswith("kestra:///ops/janitor/") for uri in left)


def test_files_of_namespaces_are_never_purged(workshop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    uri = storage(workshop).put("company/_files/executions/a/b.txt", tmp_path / "file")
    purge_storage(workshop)
    assert storage(workshop).size(uri) == 4
