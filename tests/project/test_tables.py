"""Tables and folders say the same: what has a file is in its table, and what is in a table has a file."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.cli.main import COMMANDS
from gitops.language.model import Kind
from gitops.lint.reporters import FORMATS, reporter
from gitops.lint.rules.table import RULES
from gitops.providers.table import PROVIDERS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "gitops"
TYPES = tuple(kind for room in catalogue().rooms() for kind in catalogue().room(room).values())


def modules(folder: str) -> set[str]:
    """The names of the modules of a folder."""
    return {file.stem for file in (PACKAGE / folder).glob("*.py")} - {"__init__"}


def test_every_rule_is_in_the_table_under_the_name_of_its_file() -> None:
    files = {(file.parent.name, file.stem) for file in (PACKAGE / "lint/rules").glob("*/*.py")}
    named = {(rule.family, name.replace("-", "_")) for name, rule in RULES.items()}
    assert {each for each in files if each[1] != "__init__"} == named


def test_every_rule_has_cases() -> None:
    assert {folder.name for folder in (ROOT / "tests/lint/rules").glob("*/*")} == set(RULES)


def test_every_reporter_is_in_the_table() -> None:
    assert set(FORMATS) == {name.rstrip("_") for name in modules("lint/reporters")}
    assert all(callable(reporter(name)) for name in FORMATS)


def test_every_provider_has_a_file() -> None:
    assert set(PROVIDERS) <= modules("providers")


def test_every_command_has_a_file() -> None:
    assert set(COMMANDS) <= modules("cli")


def test_every_type_is_in_the_table_under_its_name() -> None:
    kinds = catalogue()
    assert all(name == kind.type_name() for room in kinds.rooms() for name, kind in kinds.room(room).items())


def test_no_type_is_imported_before_it_is_asked_for() -> None:
    program = """
import sys
from gitops.catalog.catalogue import catalogue
kinds = catalogue()
assert "io.kestra.plugin.core.flow.Dag" in kinds.room("Task")
assert "gitops.tasks.flow.dag" not in sys.modules
assert kinds.find("Task", "io.kestra.plugin.core.flow.Dag").__module__ == "gitops.tasks.flow.dag"
assert "gitops.tasks.flow.loop" not in sys.modules
assert kinds.find("Task", "io.kestra.core.tasks.flows.Dag").__name__ == "Dag"
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_type_has_a_file_of_its_own_and_every_file_its_type() -> None:
    files = [sys.modules[kind.__module__].__file__ for kind in TYPES]
    assert len(set(files)) == len(files)
    found = [file for folder in ("tasks", "triggers", "conditions") for file in (PACKAGE / folder).rglob("*.py")]
    with_example = {str(file) for file in found if "## Example" in file.read_text()}
    assert with_example == {file for file in files if file and "runners" not in file}


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.type_name())
def test_every_property_is_described(kind: type[Kind]) -> None:
    assert inspect.getdoc(kind)
    undescribed = [name for name, field in kind.model_fields.items() if not field.description and name != "type"]
    assert undescribed == []
