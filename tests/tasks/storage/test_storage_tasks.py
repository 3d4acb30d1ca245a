"""What may be written in the task types of the group, and what they are called."""

from __future__ import annotations

import pytest

from gitops.tasks.storage.deduplicate_items import DeduplicateItems
from gitops.tasks.storage.filter_items import FilterItems
from gitops.tasks.storage.local_files import LocalFiles
from gitops.tasks.storage.purge_storage import PurgeStorage
from tests.tasks.one_task import read_task, refusal, shown

STORAGE = "io.kestra.plugin.core.storage."
OLD = "io.kestra.core.tasks.storages."


@pytest.mark.parametrize(
    ("kind", "properties", "outputs"),
    [
        (
            "DeduplicateItems",
            {"from": "kestra:///a", "expr": "{{ id }}"},
            {"uri", "num_keys", "processed_items_total", "dropped_items_total"},
        ),
        ("Delete", {"uri": "kestra:///a", "errorOnMissing": True}, {"uri", "deleted"}),
        (
            "FilterItems",
            {
                "from": "kestra:///a",
                "filterCondition": "{{ n > 1 }}",
                "filterType": "EXCLUDE",
                "errorOrNullBehavior": "INCLUDE",
            },
            {"uri", "processed_items_total", "dropped_items_total"},
        ),
        ("LocalFiles", {"inputs": {"a/b.txt": "text"}, "outputs": ["a/*"]}, {"uris"}),
        ("LocalFiles", {"inputs": '{"a.txt": "text"}'}, {"uris"}),
        ("PurgeCurrentExecutionFiles", {}, {"uris"}),
        (
            "PurgeStorage",
            {"namespace": "company", "flowId": "f", "endDate": "2026-01-31T00:00:00Z", "dryRun": "{{ vars.dry }}"},
            {"scanned_count", "purged_count", "deleted_files_count"},
        ),
    ],
    ids=shown,
)
def test_accepted(kind: str, properties: dict[str, object], outputs: set[str]) -> None:
    task = read_task(STORAGE + kind, **properties)
    assert task.type_name() == STORAGE + kind
    assert task.AVAILABLE
    assert set(task.Output.model_fields) == outputs


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        ("DeduplicateItems", {}, "from: Field required\nexpr: Field required"),
        ("Delete", {}, "uri: Field required"),
        ("Delete", {"uri": "u", "errorOnMissing": "sure"}, "errorOnMissing: Value error, expected true or false"),
        ("FilterItems", {}, "from: Field required\nfilterCondition: Field required"),
        (
            "FilterItems",
            {"from": "f", "filterCondition": "c", "filterType": "KEEP"},
            "filterType: Input should be 'INCLUDE' or 'EXCLUDE'",
        ),
        ("LocalFiles", {"outputs": "a/*"}, "outputs: Input should be a valid tuple"),
        ("PurgeCurrentExecutionFiles", {"uri": "u"}, "uri: Extra inputs are not permitted"),
        ("PurgeStorage", {}, "endDate: Field required"),
        ("PurgeStorage", {"endDate": "yesterday"}, "endDate: Value error, expected a date and time with an offset"),
    ],
    ids=shown,
)
def test_refused(kind: str, properties: dict[str, object], words: str) -> None:
    assert refusal(STORAGE + kind, **properties).startswith(words)


@pytest.mark.parametrize(
    ("old", "properties", "today"),
    [
        (OLD + "DeduplicateItems", {"from": "f", "expr": "e"}, "DeduplicateItems"),
        (OLD + "Delete", {"uri": "u"}, "Delete"),
        (OLD + "FilterItems", {"from": "f", "filterCondition": "c"}, "FilterItems"),
        (OLD + "LocalFiles", {}, "LocalFiles"),
        (OLD + "PurgeExecution", {}, "PurgeCurrentExecutionFiles"),
        (STORAGE + "PurgeExecution", {}, "PurgeCurrentExecutionFiles"),
    ],
)
def test_old_names(old: str, properties: dict[str, object], today: str) -> None:
    assert read_task(old, **properties).type == STORAGE + today


def test_defaults() -> None:
    items = read_task(STORAGE + "FilterItems", from_="f", filterCondition="c")
    assert isinstance(items, FilterItems)
    assert (items.filter_type, items.error_or_null_behavior) == ("INCLUDE", "FAIL")
    purge = read_task(STORAGE + "PurgeStorage", endDate="{{ now() }}")
    assert isinstance(purge, PurgeStorage)
    assert purge.dry_run is True


def test_what_is_rendered_for_each_line_is_not_rendered_with_the_task() -> None:
    assert DeduplicateItems.model_fields["expr"].json_schema_extra == {"x-templated": True}
    assert FilterItems.model_fields["filter_condition"].json_schema_extra == {"x-templated": True}


def test_local_files_are_on_their_way_out() -> None:
    assert LocalFiles.DEPRECATED == "use `inputFiles` and `outputFiles` of the task that needs the files"
    assert LocalFiles.REMOVED
