"""The generated files are committed as the code makes them now."""

from __future__ import annotations

import pytest

from gitops.catalog.catalogue import catalogue
from tests.project.generated import FOLDERS, ROOT, generated, held

FILES = generated()


@pytest.mark.parametrize("path", sorted(FILES))
def test_the_file_is_fresh(path: str) -> None:
    file = ROOT / path
    assert file.is_file(), f"{path} is missing; write it with `make generate`"
    assert file.read_text() == FILES[path], f"{path} is stale; write it anew with `make generate`"


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_folder_holds_nothing_else(folder: str) -> None:
    stale = held(folder) - FILES.keys()
    assert stale == set(), f"remove what nobody makes any more with `make generate`: {sorted(stale)}"


def test_every_type_has_a_page_and_a_schema_of_its_own() -> None:
    kinds = catalogue()
    for name in (name for room in kinds.rooms() for name in kinds.room(room)):
        assert f"docs/tasks/{name}.md" in FILES
        assert f"schemas/types/{name}.schema.json" in FILES
