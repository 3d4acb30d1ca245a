"""The generated files of the repository: what each of them must hold. Run as a module, it writes them."""

from __future__ import annotations

from pathlib import Path

from gitops.catalog.catalogue import catalogue
from gitops.catalog.pages import type_pages
from gitops.cli.schema import all_schemas, as_text
from gitops.execution.diagram import states_page
from gitops.lint.pages import rule_pages
from gitops.lint.rules.declarations import table
from tests.project.vocabulary import vocabulary

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs/rules", "docs/tasks", "schemas")
"""Folders that hold generated files and nothing else."""


def generated() -> dict[str, str]:
    """Every generated file by its path from the root of the repository."""
    return {
        **{f"schemas/{name}": as_text(schema) for name, schema in all_schemas().items()},
        **{f"docs/rules/{name}": page for name, page in rule_pages().items()},
        **{f"docs/tasks/{name}": page for name, page in type_pages(catalogue()).items()},
        "gitops/lint/expressions/vocabulary.py": vocabulary(),
        "gitops/lint/rules/table.py": table(),
        "docs/states.md": states_page(),
    }


def held(folder: str) -> set[str]:
    """The files in a folder and the folders in it, by their paths from the root of the repository."""
    return {file.relative_to(ROOT).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()}


def main() -> None:
    """Write every file, and remove those of what is no longer there."""
    files = generated()
    for folder in FOLDERS:
        for stale in held(folder) - files.keys():
            (ROOT / stale).unlink()
    for path, text in files.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text)
    print(f"wrote {len(files)} files")


if __name__ == "__main__":
    main()
