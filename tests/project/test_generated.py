"""The generated files are committed as the code makes them now."""

from __future__ import annotations

import pytest

from tests.project.generated import FOLDERS, ROOT, generated

FILES = generated()


@pytest.mark.parametrize("path", sorted(FILES))
def test_the_file_is_fresh(path: str) -> None:
    file = ROOT / path
    assert file.is_file(), f"{path} is missing; write it with `make generate`"
    assert file.read_text() == FILES[path], f"{path} is stale; write it anew with `make generate`"


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_folder_holds_nothing_else(folder: str) -> None:
    found = {file.relative_to(ROOT).as_posix() for file in (ROOT / folder).iterdir()}
    assert found <= set(FILES), f"remove what nobody makes any more with `make generate`: {found - set(FILES)}"
