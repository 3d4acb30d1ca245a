"""The schema as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import NotFound
from gitops.lint.schema import shipped
from gitops.lint.schema.kinds import Kinds, Schema, missing, properties, required


def test_references_are_followed_and_unknown_ones_allow_everything(schema: Schema) -> None:
    table = Kinds(schema)
    assert table.resolve({"$ref": "#/definitions/FlowId"})["maxLength"] == 100
    assert table.resolve({"$ref": "#/definitions/Nothing"}) == {}
    assert table.resolve(True) == {}


def test_a_union_leads_from_a_type_to_its_schema(schema: Schema) -> None:
    table = Kinds(schema)
    union = table.resolve({"$ref": "#/definitions/Input"})
    leaf = table.leaf(union, "SELECT")
    assert leaf is not None
    assert required(leaf) == ["type", "values", "id"]
    assert table.leaf(union, "NOTHING") is None
    assert sorted(table.leaves(union)) == ["BOOLEAN", "INT", "SECRET", "SELECT", "STRING"]
    assert {"id", "type", "required", "defaults", "displayName"} < table.common(union)
    assert "values" not in table.common(union)


def test_a_small_union_has_no_common_properties_to_leave_out(schema: Schema) -> None:
    table = Kinds(schema)
    log = table.resolve({"$ref": "#/definitions/io.kestra.plugin.core.log.Log"})
    assert table.common(properties(log)["retry"]) == frozenset()


@pytest.mark.parametrize("folder", ["gitops/schemas", "schemas"])
def test_the_shipped_schema_is_found_in_the_package_or_the_checkout(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipped, "_PACKAGE", str(tmp_path / "gitops"))
    with pytest.raises(NotFound, match="gitops schema --write"):
        shipped.load_schema()
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "flow.schema.json").write_text('{"type": "object"}')
    assert shipped.load_schema() == {"type": "object"}


LOG = "io.kestra.plugin.core.log.Log"
OLD_LOG = "io.kestra.core.tasks.log.Log"


def test_an_old_name_leads_to_todays_type(schema: Schema) -> None:
    table = Kinds(schema)
    task = table.resolve({"$ref": "#/definitions/Task"})
    assert table.leaf(task, OLD_LOG) is table.leaf(task, LOG)
    assert (table.today(OLD_LOG), table.today(LOG), table.today("a.B")) == (LOG, LOG, "a.B")
    known = table.find(OLD_LOG)
    assert known is not None
    assert (known.room, known.name) == ("Task", LOG)
    assert table.find("a.B") is None


def test_a_type_has_its_properties_by_all_their_names(schema: Schema) -> None:
    table = Kinds(schema)
    assert table.has(OLD_LOG, "message")
    assert table.has(LOG, "when")
    assert not table.has(LOG, "format")
    assert table.has("io.kestra.plugin.core.log", "anything"), "a prefix says nothing about properties"


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ({}, ["type", "values", "id"]),
        ({"type": "SELECT", "values": [], "name": "a"}, []),
        ({"type": "SELECT", "values": [], "name": None}, ["id"]),
        ({"type": "SELECT", "id": None}, ["values"]),
    ],
)
def test_a_required_property_may_be_there_by_another_name(
    value: dict[str, object], names: list[str], schema: Schema
) -> None:
    table = Kinds(schema)
    leaf = table.leaf(table.resolve({"$ref": "#/definitions/Input"}), "SELECT")
    assert leaf is not None
    assert missing(value, leaf) == names
