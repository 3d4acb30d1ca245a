"""All configurations of a repository: the one above all others, and those that are for their folders alone."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import NamedTuple

from gitops.lint.configuration.configuration import Configuration
from gitops.lint.configuration.reading import Load, Reader
from gitops.lint.configuration.saying import Offered
from gitops.lint.finding import Finding
from gitops.lint.source import Options


class Together(NamedTuple):
    """The configurations, and what is wrong with them. `main` is above all `inner` ones, if there is such a one."""

    main: Configuration | None = None
    inner: tuple[Configuration, ...] = ()
    problems: tuple[Finding, ...] = ()

    @property
    def root(self) -> str | None:
        """The folder of the namespace folders, when one is said."""
        return self.main.root if self.main is not None else None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read."""
        every = (self.main, *self.inner) if self.main is not None else self.inner
        return tuple(dict.fromkeys(path for each in every for path in each.files))

    def options(self, known: Options) -> Options:
        """The options of the repository."""
        main = self.main or Configuration("")
        inside = (main, *self.inner) if main.folder else self.inner
        options = main.of_run(known) if main.folder else main.options(known)
        further = (part for each in inside for part in each.inside(main.policy, known.dialect))
        return options._replace(overrides=(*options.overrides, *further))


def read_together(paths: Iterable[str], load: Load, offered: Offered) -> Together:
    """Read the configurations at these paths."""
    reader = Reader(load, offered)
    listed = sorted(paths, key=lambda path: (path.count("/"), path))
    above = listed[:1] if listed and all(_is_below(path, listed[0]) for path in listed) else []
    mains = [reader.read(path) for path in above]
    packages = mains[0].configuration.packages if mains else ()
    inner = [reader.read(path, packages=packages, inner=True) for path in listed[len(above) :]]
    problems = dict.fromkeys(problem for reading in (*mains, *inner) for problem in reading.problems)
    return Together(
        mains[0].configuration if mains else None,
        tuple(reading.configuration for reading in inner),
        tuple(sorted(problems, key=lambda problem: problem.order)),
    )


def read_alone(path: str, load: Load, offered: Offered) -> Together:
    """Read one file, wherever it lies, as the configuration of the whole repository."""
    reading = Reader(load, offered, confined=False).read(path, folder="")
    return Together(reading.configuration, (), reading.problems)


def _is_below(path: str, other: str) -> bool:
    folder = posixpath.dirname(other)
    return not folder or path.startswith(f"{folder}/")
