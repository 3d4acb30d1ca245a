"""`pluginDefaults` are merged in Kestra's order: the part wins, an earlier entry wins, a forced one wins over all."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gitops.catalog.catalogue import catalogue
from gitops.language.flow import read_flow
from gitops.language.plugin_defaults import with_defaults
from gitops.tasks.log.log import Log

LOG = "io.kestra.plugin.core.log.Log"


def merged(part: dict[str, object], *entries: dict[str, object], **more: object) -> Any:
    data = {"tasks": [{"type": LOG, **part}], "pluginDefaults": list(entries), **more}
    return with_defaults(data)["tasks"][0]  # type: ignore[index]  # a list of one


def entry(values: object, *, kind: str = LOG, forced: bool = False) -> dict[str, object]:
    return {"type": kind, "forced": forced, "values": values}


def test_what_the_part_says_itself_wins() -> None:
    assert merged({"level": "WARN"}, entry({"level": "DEBUG", "message": "m"})) == {
        "type": LOG,
        "level": "WARN",
        "message": "m",
    }


def test_a_forced_entry_wins_over_the_part() -> None:
    assert merged({"level": "WARN"}, entry({"level": "DEBUG"}, forced=True))["level"] == "DEBUG"


def test_of_two_entries_the_earlier_one_wins() -> None:
    assert merged({}, entry({"level": "DEBUG"}), entry({"level": "ERROR"}))["level"] == "DEBUG"
    assert merged({}, entry({"level": "A"}, forced=True), entry({"level": "B"}, forced=True))["level"] == "A"


def test_the_beginning_of_a_type_is_enough() -> None:
    assert merged({}, entry({"level": "DEBUG"}, kind="io.kestra.plugin.core."))["level"] == "DEBUG"
    assert "level" not in merged({}, entry({"level": "DEBUG"}, kind="io.other."))


def test_mappings_are_merged_and_lists_are_not() -> None:
    default = entry({"options": {"a": 1, "b": {"c": 2}}, "list": [1]})
    part = merged({"options": {"b": {"d": 3}}, "list": [2]}, default)
    assert part["options"] == {"a": 1, "b": {"c": 2, "d": 3}}
    assert part["list"] == [2]


def test_parts_inside_parts_get_theirs_too() -> None:
    inner = {"type": LOG}
    data = {"tasks": [{"type": "x.Group", "tasks": [inner]}], "pluginDefaults": [entry({"level": "DEBUG"})]}
    assert with_defaults(data)["tasks"] == [{"type": "x.Group", "tasks": [{"type": LOG, "level": "DEBUG"}]}]


def test_the_entries_themselves_stay_as_they_are() -> None:
    entries = [entry({"values": {"type": LOG}})]
    assert with_defaults({"pluginDefaults": entries})["pluginDefaults"] == entries


def test_the_services_entries_come_after_the_flows() -> None:
    data = {"tasks": [{"type": LOG}], "taskDefaults": [entry({"level": "DEBUG"})]}
    whole = with_defaults(data, [entry({"level": "ERROR", "message": "m"})])
    assert whole["tasks"] == [{"type": LOG, "level": "DEBUG", "message": "m"}]


def test_an_entry_for_an_old_name_is_for_todays_type_and_the_other_way_round() -> None:
    old = Log.ALIASES[0]
    for named, used in ((old, LOG), (LOG, old)):
        data = {
            "tasks": [{"id": "t", "type": used, "message": "m"}],
            "pluginDefaults": [entry({"level": "WARN"}, kind=named)],
        }
        flow = read_flow({"id": "f", "namespace": "n", **data}, catalogue())
        task = flow.tasks[0]
        assert isinstance(task, Log)
        assert task.level == "WARN"


def test_a_property_that_a_type_does_not_have_is_not_added() -> None:
    data = {
        "id": "f",
        "namespace": "n",
        "tasks": [{"id": "t", "type": LOG}],
        "pluginDefaults": [entry({"message": "m", "containerImage": "ubuntu"}, kind="io.kestra.plugin.")],
    }
    task = read_flow(data, catalogue()).tasks[0]
    assert isinstance(task, Log)
    assert task.message == "m"


def test_the_service_has_defaults_too() -> None:
    kinds = catalogue().with_defaults([entry({"message": "m"})])
    task = read_flow({"id": "f", "namespace": "n", "tasks": [{"id": "t", "type": LOG}]}, kinds).tasks[0]
    assert isinstance(task, Log)
    assert task.message == "m"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "a", "values"]), inner, max_size=3)
    ),
)


@given(st.dictionaries(st.sampled_from(["tasks", "pluginDefaults", "taskDefaults"]), JSON))
def test_any_data_is_merged_without_being_changed(data: dict[str, object]) -> None:
    before = copy.deepcopy(data)
    whole = with_defaults(data)
    assert data == before
    assert whole.keys() == data.keys()
