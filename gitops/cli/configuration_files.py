"""Which `.gitops.yaml` and which baseline hold for flows; they are read from where the flows are read.

Without such a file nothing is loaded that reads one.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from gitops.cli.selection import Selection
from gitops.errors import InvalidSettings, InvalidUsage
from gitops.git.plumbing import Objects
from gitops.lint.configuration.keys import FILE
from gitops.lint.source import Baseline, Options

if TYPE_CHECKING:
    from datetime import date

    from gitops.lint.configuration.together import Together
    from gitops.lint.finding import Finding

BASELINE = ".gitops-baseline.json"
MOST_BYTES = 64 << 20
"""A larger baseline is none."""

Load = Callable[[str], bytes | None]


def loader(selection: Selection) -> Load:
    """What reads files by their paths from where the selection was read."""
    if selection.revision is None:
        return lambda path: _read(os.path.join(selection.top, path))
    objects = Objects(selection.top)
    return lambda path: objects.read(f"{selection.revision}:{path}", limit=MOST_BYTES)


def configured(selection: Selection, load: Load) -> Options:
    """The options of a selection with what the configuration of its repository says. Raises InvalidSettings."""
    paths = list(_paths(selection))
    return _options(read_configurations(paths, load), selection, selection.shown) if paths else selection.options


def read_configurations(paths: Iterable[str], load: Load) -> Together:
    """The configurations at these paths."""
    from gitops.lint.configuration.rule_packages import rules_offered
    from gitops.lint.configuration.together import read_together

    return read_together(paths, load, rules_offered)


def configured_by(path: str, selection: Selection) -> Options:
    """The options of a selection with what one file says, and no other. Raises InvalidSettings and InvalidUsage."""
    from gitops.lint.configuration.rule_packages import rules_offered
    from gitops.lint.configuration.together import read_alone

    if not os.path.isfile(path):
        raise InvalidUsage(f"there is no file {path}")
    return _options(read_alone(path, _read, rules_offered), selection, str)


def as_here(selection: Selection, *, root: str | None = None) -> Selection:
    """The selection with everything that its repository says, and with the day. Raises InvalidSettings.

    A `root` that was asked for, and that the selection has, counts more than one that a file says.
    """
    load = loader(selection)
    options = with_baseline(configured(selection, load), load)
    if root is not None:
        options = options._replace(root=selection.options.root)
    return below_root(selection._replace(options=options._replace(today=today())))


def below_root(selection: Selection) -> Selection:
    """The selection, of a commit only what lies below the root: the rest would not be deployed."""
    root = selection.options.root
    if not root or not selection.revision:
        return selection
    return selection._replace(files=[file for file in selection.files if file.path.startswith(f"{root}/")])


def today() -> date:
    """The day of who asks; the linter itself knows none."""
    from datetime import date

    return date.today()  # noqa: DTZ011 - the day where somebody sits, not that of the world


def with_baseline(options: Options, load: Load) -> Options:
    """Options with the baseline of the repository, if it has one. Raises InvalidSettings."""
    source = load(BASELINE) if options.paths is None or BASELINE in options.paths else None
    return options if source is None else options._replace(baseline=baseline_of(source))


def baseline_of(source: bytes) -> Baseline:
    """The baseline in a file."""
    from gitops.lint.baseline.file import read_baseline

    return read_baseline(BASELINE, source)


def _options(together: Together, selection: Selection, shown: Callable[[str], str]) -> Options:
    if together.problems:
        sentences = (f"{shown(problem.file)}:{_sentence(problem)}" for problem in together.problems)
        raise InvalidSettings("\n".join(sentences))
    return together.options(selection.options)


def _sentence(problem: Finding) -> str:
    """A problem in a line: where, what, what was expected and found, and what may be meant."""
    parts = [problem.message]
    parts += [f"expected {problem.expected}"] if problem.expected else []
    parts += [f"found {problem.found}"] if problem.found else []
    help_ = f"; {problem.help}" if problem.help else ""
    return f"{problem.span.line}:{problem.span.column}: {', '.join(parts)}{help_}"


def _paths(selection: Selection) -> Iterator[str]:
    """The configurations of the repository as far as they are for the files: all, or those above them."""
    paths = selection.options.paths
    if paths is not None:
        yield from (path for path in paths if path.endswith(FILE) and posixpath.basename(path) == FILE)
        return
    for folder in _folders(selection):
        path = posixpath.join(folder, FILE)
        if os.path.isfile(os.path.join(selection.top, path)):
            yield path


def _folders(selection: Selection) -> set[str]:
    """The folders of the files, and those above them up to the top."""
    own = {posixpath.dirname(file.path) for file in selection.files}
    inside = [folder.split("/") for folder in own if not folder.startswith("..")]
    return {"", *own, *("/".join(names[:count]) for names in inside for count in range(1, len(names)))}


def _read(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
