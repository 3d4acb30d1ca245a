"""The schema as a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.errors import NotFound
from gitops.lint import kinds
from gitops.lint.kinds import Kinds, Schema, properties, required


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
    assert required(leaf) == ["id", "type", "values"]
    assert table.leaf(union, "NOTHING") is None
    assert sorted(table.leaves(union)) == ["INT", "SECRET", "SELECT", "STRING"]
    assert table.common(union) == {"id", "type", "required", "defaults", "displayName"}


def test_a_small_union_has_no_common_properties_to_leave_out(schema: Schema) -> None:
    table = Kinds(schema)
    log = table.resolve({"$ref": "#/definitions/io.kestra.plugin.core.log.Log"})
    assert table.common(properties(log)["retry"]) == frozenset()


@pytest.mark.parametrize("folder", ["gitops/schemas", "schemas"])
def test_the_shipped_schema_is_found_in_the_package_or_the_checkout(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "_PACKAGE", tmp_path / "gitops")
    with pytest.raises(NotFound, match="gitops schema --write"):
        kinds.load_schema()
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "flow.schema.json").write_text('{"type": "object"}')
    assert kinds.load_schema() == {"type": "object"}
