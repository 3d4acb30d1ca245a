"""Which files of its namespace a flow reads, and whether it writes some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path
from gitops.lint.facts.fixed import is_fixed

if TYPE_CHECKING:
    from gitops.lint.expressions.uses import Use
    from gitops.lint.subject import Subject

_READING = ("read", "fileURI")
_ASKING = "fileExists("
_ELSEWHERE = ("kestra:", "file:", "http:", "https:")
_OF_NAMESPACE = "nsfile:///"
_LOADING = "namespaceFiles"
_WRITING = frozenset(
    (
        "io.kestra.plugin.core.namespace.UploadFiles",
        "io.kestra.plugin.git.NamespaceSync",
        "io.kestra.plugin.git.Sync",
        "io.kestra.plugin.git.SyncNamespaceFiles",
        "io.kestra.plugin.git.TenantSync",
    )
)


class FileUse(NamedTuple):
    """A file that is read, or a pattern of files that are loaded.

    `start` and `end` are those of the name within the text at the path; both are 0 for the whole text.
    """

    path: Path
    name: str
    pattern: bool = False
    start: int = 0
    end: int = 0


def file_uses(subject: Subject) -> Iterator[FileUse]:
    """The files that expressions read by a plain name, and the patterns of `namespaceFiles`."""
    for use in subject.uses:
        if ("read(" in use.text or "fileURI(" in use.text) and _ASKING not in use.text and not use.key:
            yield from _read(use)
    if _LOADING in subject.words:
        for task in subject.outline.tasks:
            yield from _loaded(subject.at(task.path), task.path)


def writes_files(subject: Subject) -> bool:
    """Whether a task puts files into namespaces."""
    return not subject.words.isdisjoint(_WRITING)


def _read(use: Use) -> Iterator[FileUse]:
    from gitops.language.expression import tree  # where it is needed: facts that are known load no parser
    from gitops.lint.expressions.references import FUNCTION, read

    for call in read(use.text).calls:
        if call.kind == FUNCTION and call.name in _READING and call.arguments.positional:
            first = call.arguments.positional[0]
            name = _name(first.value) if isinstance(first, tree.Literal) else None
            if name is not None:
                # The name alone, where it is written as it is: without the quotes and what was taken off.
                start, end = first.span.end - 1 - len(name), first.span.end - 1
                start, end = (start, end) if use.text[start:end] == name else first.span
                yield FileUse(use.path, name, start=start, end=end)


def _name(value: object) -> str | None:
    """The path in the namespace; None for an address of something else."""
    if not isinstance(value, str) or not value or value.startswith(_ELSEWHERE):
        return None
    return value.removeprefix(_OF_NAMESPACE).lstrip("/")


def _loaded(task: object, path: Path) -> Iterator[FileUse]:
    loading = task.get(_LOADING) if isinstance(task, dict) and task.get("disabled") is not True else None
    if not isinstance(loading, dict) or loading.get("enabled") is False:
        return
    included = loading.get("include")
    for index, pattern in enumerate(included if isinstance(included, list) else ()):
        if isinstance(pattern, str) and is_fixed(pattern) and not pattern.startswith("regex:"):
            name = pattern.removeprefix("glob:").lstrip("/")
            yield FileUse((*path, _LOADING, "include", index), name, pattern=True)
