"""Size, words and manners of the code: limits that a review should not have to count."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# A migration is a list of columns that never changes again, so its length says nothing.
MODULES = sorted(file for file in (ROOT / "gitops").rglob("*.py") if "versions" not in file.parts)
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")

LONGEST_MODULE = 500
LONGEST_FUNCTION = 60
VAGUE = {"util", "utils", "common", "helpers", "helper", "manager", "base", "misc"}
# The default folder of the conformance cases and of nothing else lies outside of the repository.
OUTSIDE = {"tests/kestra/case.py", "tests/kestra/conftest.py", "tests/project/test_limits.py"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_says_what_may_live_in_it_and_stays_short(module: Path) -> None:
    text = module.read_text()
    tree = ast.parse(text)
    assert ast.get_docstring(tree) or module.name == "__main__.py", "a module opens with what may live there"
    assert text.count("\n") <= LONGEST_MODULE
    assert module.stem not in VAGUE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _length(node) <= LONGEST_FUNCTION, f"{node.name} has {_length(node)} lines"


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring."""
    docstring = ast.get_docstring(node, clean=False)
    return (node.end_lineno or 0) - node.lineno + 1 - (docstring.count("\n") + 1 if docstring else 0)


def test_the_repository_speaks_of_itself_alone() -> None:
    told = []
    for name in filter(None, TRACKED):
        file = ROOT / name
        if file.suffix in (".py", ".md", ".toml", ".yml", ".yaml", ".ts", ".svelte", "") and file.is_file():
            text = file.read_text(errors="replace")
            if name not in OUTSIDE and re.search(r"\.\./shared|/work/", text):
                told.append(name)
    assert told == []
