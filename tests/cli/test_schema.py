"""`gitops schema`: printed, or written to a folder."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from gitops.cli.main import main


def test_the_schema_of_flows_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft7Validator.check_schema(schema)
    assert "io.kestra.plugin.core.log.Log" in schema["definitions"]


def test_all_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--write", str(tmp_path / "out")]) == 0
    written = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert written == ["finding.schema.json", "flow.schema.json", "settings.schema.json"]
    assert main(["schema", "--settings"]) == 0
    assert capsys.readouterr().out.endswith((tmp_path / "out" / "settings.schema.json").read_text())
