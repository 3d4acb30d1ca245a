"""The facts of files that are not all read with the same options: a gathering for each kind of options."""

from __future__ import annotations

from collections.abc import Iterable

from gitops.lint.by_path import ByPath
from gitops.lint.facts.facts import Facts
from gitops.lint.gathering import Gathering, Known, Nothing, SchemaOrLoader
from gitops.lint.source import Content, Options


class GatheringByPath:
    """The facts of files; a content is read once for each kind of options that it is met with."""

    def __init__(self, schema: SchemaOrLoader, by_path: ByPath, *, known: Known, jobs: int) -> None:
        self._schema = schema
        self._by_path = by_path
        self._known = known
        self._jobs = jobs
        self._gatherings: dict[int, Gathering] = {}

    def prepare(self, contents: Iterable[tuple[str, Content]]) -> None:
        """Find out what is not known of these contents, which stand at these paths."""
        if not self._by_path.options.overrides:
            self._at("").prepare(source for _, source in contents)
            return
        groups: dict[int, tuple[Gathering, list[Content]]] = {}
        for path, source in contents:
            gathering = self._at(path)
            groups.setdefault(id(gathering), (gathering, []))[1].append(source)
        for gathering, sources in groups.values():
            gathering.prepare(sources)

    def facts(self, path: str, source: Content) -> Facts:
        """The facts of a content at a path."""
        return self._at(path).facts(source)

    def _at(self, path: str) -> Gathering:
        options = self._by_path.at(path)
        found = self._gatherings.get(id(options))
        if found is None:
            found = Gathering(self._schema, options, known=self._known_of(options), jobs=self._jobs)
            self._gatherings[id(options)] = found
        return found

    def _known_of(self, options: Options) -> Known:
        alike = not self._by_path.options.overrides or isinstance(self._known, Nothing)
        return self._known if alike else _Under(self._known, options)


class _Under:
    """Facts that were found with some options, among those that were found with others."""

    def __init__(self, known: Known, options: Options) -> None:
        self._known = known
        self._digest = options.digest()

    def get(self, blob: str) -> Facts | None:
        """The facts of a content; None when they are not known."""
        return self._known.get(f"{blob}-{self._digest}")

    def put(self, blob: str, facts: Facts) -> None:
        """Remember the facts of a content."""
        self._known.put(f"{blob}-{self._digest}", facts)

    def __contains__(self, blob: str) -> bool:
        return f"{blob}-{self._digest}" in self._known
