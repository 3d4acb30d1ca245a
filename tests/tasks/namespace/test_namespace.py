"""What may be written in the task types of the group namespace."""

from __future__ import annotations

import pytest

from gitops.tasks.namespace.purge_files import FileVersionPurge, PurgeFiles
from gitops.tasks.namespace.upload_files import UploadFiles
from tests.tasks.one_task import read_task, refusal

NAMESPACE = "io.kestra.plugin.core.namespace."


@pytest.mark.parametrize(
    ("kind", "properties", "outputs"),
    [
        ("UploadFiles", {"namespace": "a", "files": ["glob:**/dbt/**"], "destination": "/x/"}, {"files"}),
        ("UploadFiles", {"namespace": "a", "filesMap": {"a.txt": "{{ outputs.a.uri }}"}}, {"files"}),
        ("UploadFiles", {"namespace": "a", "filesMap": "{{ outputs.a.files }}", "conflict": "SKIP"}, {"files"}),
        ("UploadFiles", {"namespace": "a", "filesMap": '{"a.txt": "kestra:///a"}'}, {"files"}),
        ("DownloadFiles", {"namespace": "{{ flow.namespace }}", "files": "a/*.txt"}, {"files"}),
        ("DownloadFiles", {"namespace": "a", "files": ["a", "b"], "destination": "x_"}, {"files"}),
        ("DeleteFiles", {"namespace": "a", "files": ["a"], "deleteParentFolder": True}, {"files"}),
        ("PurgeFiles", {}, {"size"}),
        ("PurgeFiles", {"namespaces": ["a"], "includeChildNamespaces": False, "filePattern": "x/*"}, {"size"}),
        ("PurgeFiles", {"namespacePattern": "a.*", "behavior": {"type": "version", "keepAmount": 0}}, {"size"}),
    ],
    ids=str,
)
def test_accepted(kind: str, properties: dict[str, object], outputs: set[str]) -> None:
    task = read_task(NAMESPACE + kind, **properties)
    assert task.type_name() == NAMESPACE + kind
    assert task.AVAILABLE
    assert set(task.Output.model_fields) == outputs


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        ("UploadFiles", {"files": ["a"]}, "namespace: Field required"),
        ("UploadFiles", {"namespace": "a", "conflict": "FAIL"}, "conflict: Input should be 'OVERWRITE', 'ERROR' or"),
        ("UploadFiles", {"namespace": "a", "files": "a"}, "files: Input should be a valid tuple"),
        ("DownloadFiles", {}, "namespace: Field required\nfiles: Field required"),
        ("DeleteFiles", {"namespace": "a"}, "files: Field required"),
        ("PurgeFiles", {"behavior": {"type": "key"}}, "behavior.type: Input should be 'version'"),
        ("PurgeFiles", {"behavior": {"type": "version", "before": "now"}}, "behavior.before: Value error, expected a"),
    ],
    ids=str,
)
def test_refused(kind: str, properties: dict[str, object], words: str) -> None:
    assert refusal(NAMESPACE + kind, **properties).startswith(words)


def test_defaults() -> None:
    upload = read_task(NAMESPACE + "UploadFiles", namespace="a", files=["x"])
    assert isinstance(upload, UploadFiles)
    assert (upload.destination, upload.conflict) == ("/", "OVERWRITE")
    purge = read_task(NAMESPACE + "PurgeFiles")
    assert isinstance(purge, PurgeFiles)
    assert purge.behavior == FileVersionPurge(type="version", keep_amount=1)
