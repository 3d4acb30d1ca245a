"""`gitops schema`: printed, for flows, settings or one type, or written to a folder."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from gitops.cli.main import main
from gitops.cli.schema import as_text

LOG = "io.kestra.plugin.core.log.Log"


def test_the_schema_of_flows_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft7Validator.check_schema(schema)
    assert LOG in schema["definitions"]


def test_all_schemas_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "out"
    assert main(["schema", "--write", str(folder)]) == 0
    written = sorted(path.name for path in folder.iterdir())
    assert written == ["finding.schema.json", "flow.schema.json", "gitops.schema.json", "settings.schema.json", "types"]
    small = json.loads((folder / "types" / f"{LOG}.schema.json").read_text())
    assert small["properties"]["runIf"] == {"$ref": "../flow.schema.json#/definitions/Task.runIf"}
    files = sum(path.is_file() for path in folder.rglob("*"))
    assert capsys.readouterr().out == f"wrote {files} schemas to {folder}\n"
    assert main(["schema", "--settings"]) == 0
    assert capsys.readouterr().out == (folder / "settings.schema.json").read_text()


@pytest.mark.parametrize("name", [LOG, "io.kestra.core.tasks.log.Log"])
def test_the_schema_of_a_type_needs_no_other(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--type", name]) == 0
    validator = jsonschema.Draft7Validator(json.loads(capsys.readouterr().out))
    task = {"id": "t", "type": name, "message": "m", "logLevel": "INFO", "retry": {"type": "random"}}
    assert [error.message for error in validator.iter_errors(task)] == [
        "'minInterval' is a required property",
        "'maxInterval' is a required property",
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("io.kestra.plugin.core.log.Lgo", "; did you mean `io.kestra.plugin.core.log.Log`?"),
        ("Schedul", "; did you mean `io.kestra.plugin.core.trigger.Schedule`?"),
        ("com.example.Xyzzy", ""),
    ],
)
def test_an_unknown_type_is_answered_with_what_was_meant(
    name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", "--type", name]) == 2
    assert capsys.readouterr().err == f"gitops: there is no type `{name}`{words}\n"


def test_two_wishes_at_once_are_not_usable(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["schema", "--settings", "--type", LOG])
    assert end.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_what_fits_on_a_line_stands_on_one() -> None:
    text = as_text({"short": {"type": "string", "enum": ["ä"]}, "long": [{"name": "x" * 60}, {"name": "y" * 60}]})
    assert text.splitlines() == [
        "{",
        ' "short": {"type": "string", "enum": ["ä"]},',
        ' "long": [',
        f'  {{"name": "{"x" * 60}"}},',
        f'  {{"name": "{"y" * 60}"}}',
        " ]",
        "}",
    ]
    assert json.loads(text)["short"] == {"type": "string", "enum": ["ä"]}
