"""Text to configuration, with everything that it builds on. Files are read by whoever asks, so nothing is read here."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import NamedTuple

from gitops.language.document import parse
from gitops.language.quoting import quote
from gitops.lint.configuration import keys
from gitops.lint.configuration.configuration import Configuration
from gitops.lint.configuration.objecting import Objecting
from gitops.lint.configuration.saying import Offered, said
from gitops.lint.finding import Finding
from gitops.lint.source import RulePackage
from gitops.lint.words import chain

Load = Callable[[str], bytes | None]
"""The content of a file by its path; None when there is none."""


class Reading(NamedTuple):
    """A configuration, and what is wrong with the files that it was read from."""

    configuration: Configuration
    problems: tuple[Finding, ...] = ()


class Reader:
    """Reads configurations that lie among each other; each file that others build on is read once.

    `confined` says that nothing outside of the repository is read; without it files may lie anywhere, and what they say
    is relative to the top of the repository.
    """

    def __init__(self, load: Load, offered: Offered, *, confined: bool = True) -> None:
        self._load = load
        self._offered = offered
        self._confined = confined
        self._read: dict[str, Reading] = {}

    def read(
        self, path: str, *, folder: str | None = None, packages: tuple[RulePackage, ...] = (), inner: bool = False
    ) -> Reading:
        """The configuration in a file; it is for `folder`, that of the file unless it is given.

        An `inner` one may not say what is said once for a whole repository.
        """
        begun = Configuration(path, posixpath.dirname(path) if folder is None else folder, packages=packages)
        return self._file(begun, (path,), inner=inner)

    def _file(self, begun: Configuration, chain_: tuple[str, ...], *, inner: bool = False) -> Reading:
        source = self._load(begun.path)
        file = Objecting(begun.path, parse(source or b""))
        data = file.document.data
        if source is None:
            file.refuse((), "the file cannot be read")
        file.pass_on()
        values = file.mapping(data, (), keys.TOP)
        if inner:
            _refuse_for_run(file, values)
        below, problems = self._below(file, values, begun, chain_)
        of_file = said(file, values, begun, below, self._offered)
        base = posixpath.dirname(file.path) if self._confined else ""
        root = _root(file, values[keys.ROOT], base) if keys.ROOT in values else of_file.root
        return Reading(of_file._replace(root=root), (*problems, *file.findings))

    def _below(
        self, file: Objecting, values: Mapping[str, object], begun: Configuration, chain_: tuple[str, ...]
    ) -> tuple[Configuration, tuple[Finding, ...]]:
        """What a file builds on, together."""
        below = begun
        problems: list[Finding] = []
        for at, name in file.texts(values[keys.EXTENDS], (keys.EXTENDS,)) if keys.EXTENDS in values else ():
            path = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), name))
            if path in chain_:
                circle = chain((*chain_[chain_.index(path) :], path))
                file.refuse(at, "configurations build on each other in a circle", found=circle)
            elif self._confined and (path.startswith("../") or posixpath.isabs(path)):
                file.refuse(at, "this file lies outside of the repository", found=quote(name))
            elif self._load(path) is None:
                file.refuse(at, f"there is no file {quote(path)}", help_="the path is relative to this file")
            else:
                reading = self._extended(path, begun, (*chain_, path))
                below = reading.configuration.over(below)
                problems += reading.problems
        return below, tuple(dict.fromkeys(problems))

    def _extended(self, path: str, begun: Configuration, chain_: tuple[str, ...]) -> Reading:
        if path not in self._read:
            self._read[path] = self._file(begun._replace(path=path), chain_)
        reading = self._read[path]
        return reading._replace(configuration=reading.configuration._replace(folder=begun.folder))


def _refuse_for_run(file: Objecting, values: Mapping[str, object]) -> None:
    for key in keys.OF_RUN:
        if key in values:
            file.refuse(
                (key,),
                f"{quote(key)} is said once for the whole repository",
                key=True,
                help_=f"move it to the one `{keys.FILE}` that is above all others",
            )


def _root(file: Objecting, value: object, base: str) -> str | None:
    """A folder by its path from the top; it is said relative to a base."""
    said = "." if value == "" else file.text(value, (keys.ROOT,))
    if said is None:
        return None
    path = posixpath.normpath(posixpath.join(base, said))
    if path.startswith("../") or path == ".." or posixpath.isabs(said):
        file.refuse((keys.ROOT,), "this folder lies outside of the repository", found=quote(said))
        return None
    return "" if path == "." else path
