"""The words of the glossary are the words of the code: what a term must not be called, nothing is called."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

Words = tuple[str, ...]
ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "gitops").rglob("*.py"))
GLOSSARY = ROOT / "docs/glossary.md"

OTHER_MEANINGS = {
    "run": "the verb, and a part of `task run`",
    "step": "one step of the machine, or down a path",
    "status": "commit status is the term itself",
    "source": "the text of a flow is the term itself",
    "push": "the term itself, as a noun",
    "event": "the term itself, in the engine",
    "retry": "the term itself, for the policy",
    "error": "what is raised is an error; a finding never is",
    "check": "the verb",
    "level": "of a log line, of a folder",
    "command": "of a script, and of the command line",
    "message": "what a person reads",
    "report": "all findings of one lint, or the end of an attempt",
    "template": "the whole text that holds expressions",
    "yaml": "the format, where the format is meant",
    "content": "of any file that is not a flow, and of a request",
    "dag": "a type of task in the flow language",
    "sleep": "a type of task in the flow language",
    "listener": "an old property of flows",
    "plugin": "part of `pluginDefaults`, a property of flows",
    "version": "of a file or a value of a namespace, and of a type, in the flow language",
    "operator": "of expressions",
    "ignore": "the verb",
    "lock": "of a folder, between processes",
    "result": "what a database hands back",
    "folder": "of a file system",
    "conflict": "an error that the API answers as 409",
}
"""Synonyms that also name something else here, with what that is; they are left to the reader."""

ALLOWED = {
    "ping": "the address by which a load balancer asks whether the service lives",
}
"""Single names that must hold a synonym, each with its reason."""


def words(name: str) -> Words:
    """The words of an identifier or a phrase, in lower case."""
    found = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)
    return tuple(word.lower() for word in found)


def rows() -> Iterator[tuple[str, str]]:
    """Each term, and what it must not be called."""
    for line in GLOSSARY.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0] != "term" and not cells[0].startswith("---"):
            yield cells[0], cells[2]


def synonyms() -> Iterator[tuple[str, Words]]:
    """Each term with each of its synonyms; what stands in parentheses explains."""
    for term, cell in rows():
        for phrase in re.split(r"[,;]", re.sub(r"\([^)]*\)", " ", cell)):
            if words(phrase):
                yield term, words(phrase)


def names(path: Path) -> Iterator[str]:
    """The names that a module gives: its own, and those of its classes and functions."""
    yield path.stem
    kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    yield from (node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, kinds))


def holds(name: str, synonym: Words) -> bool:
    """Whether the words of the synonym stand side by side in the name, the last one in singular or plural."""
    found, size = words(name), len(synonym)
    plural = (*synonym[:-1], f"{synonym[-1]}s")
    return any(found[start : start + size] in (synonym, plural) for start in range(len(found)))


FORBIDDEN = [(term, synonym) for term, synonym in synonyms() if " ".join(synonym) not in OTHER_MEANINGS]


def test_the_glossary_is_read() -> None:
    assert ("flow", ("workflow",)) in FORBIDDEN
    assert holds("read_workflows", ("workflow",))
    assert not holds("read_flow", ("workflow",))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_names_use_the_words_of_the_glossary(path: Path) -> None:
    wrong = [
        f"{name}: say `{term}`, not `{' '.join(synonym)}`"
        for name in names(path)
        for term, synonym in FORBIDDEN
        if name not in ALLOWED and holds(name, synonym)
    ]
    assert wrong == []


def test_every_exception_is_still_needed() -> None:
    given = {name for path in MODULES for name in names(path)}
    assert set(ALLOWED) <= given
    assert set(OTHER_MEANINGS) <= {" ".join(synonym) for _, synonym in synonyms()}
