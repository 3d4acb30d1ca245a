"""The facts of many contents: those that are known, those that have to be found out, and by how many processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from gitops.lint.facts.facts import Facts
from gitops.lint.source import Blob, Content, Options, blob_id, content

if TYPE_CHECKING:
    from gitops.lint.analysis import Analysis

WORTH_PROCESSES = 400
"""From how many unknown contents on a second process saves more time than it takes to begin."""


SchemaOrLoader = Mapping[str, object] | Callable[[], Mapping[str, object]]
"""The schema of flows, or how it is read when a file has to be."""


class Known(Protocol):
    """Facts that outlive a run, by the Git ids of contents."""

    def get(self, blob: str) -> Facts | None:
        """The facts of a content; None when they are not known."""

    def put(self, blob: str, facts: Facts) -> None:
        """Remember the facts of a content."""

    def __contains__(self, blob: str) -> bool: ...


class Nothing:
    """Knows nothing, and forgets at once."""

    def get(self, blob: str) -> Facts | None:  # noqa: ARG002 - the protocol's signature
        """None."""
        return None

    def put(self, blob: str, facts: Facts) -> None:
        """Nothing is remembered."""

    def __contains__(self, blob: str) -> bool:
        return False


class Gathering:
    """The facts of contents, each found out once. `jobs` is how many processes may work on it."""

    def __init__(self, schema: SchemaOrLoader, options: Options, *, known: Known, jobs: int) -> None:
        self._schema = schema
        self._options = options
        self._known = known
        self._jobs = jobs
        self._found: dict[str | bytes, Facts] = {}
        self._analysis: Analysis | None = None
        self._many = 0
        self._by_id = True

    def prepare(self, contents: Iterable[Content]) -> None:
        """Find out what is not known of these contents, together."""
        every = list(contents)
        self._by_id = len(every) >= WORTH_PROCESSES or not isinstance(self._known, Nothing)
        if not self._by_id:
            self._many = len(every)
            return
        unknown = {blob: source for source in every if (blob := blob_id(source)) not in self._known}
        self._many = len(unknown)
        if self._jobs > 1 and self._many >= WORTH_PROCESSES:
            from gitops.lint.side_by_side import analysed

            for named, (blob, facts) in zip(
                unknown, analysed(self._maker(), [*unknown.values()], self._jobs), strict=True
            ):
                self._found[named] = self._remember(blob, facts)

    def facts(self, source: Content) -> Facts:
        """The facts of a content."""
        key = source.id if isinstance(source, Blob) else source
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look_up(source)
        return found

    def _look_up(self, source: Content) -> Facts:
        if not self._by_id:
            return self._maker().facts(content(source))
        blob = blob_id(source)
        return self._found.get(blob) or self._known.get(blob) or self._new(blob, source)

    def _new(self, blob: str, source: Content) -> Facts:
        text = content(source)
        # A filter of Git's may give a file other bytes than its id says: what is kept is what was read.
        real = blob_id(text)
        facts = None if real == blob else self._known.get(real)
        return self._remember(real, facts or self._maker().facts(text))

    def _remember(self, blob: str, facts: Facts) -> Facts:
        self._found[blob] = facts
        self._known.put(blob, facts)
        return facts

    def _maker(self) -> Analysis:
        # Reading YAML and expressions takes as long to import as a hundred flows to lint.
        from gitops.lint.analysis import Analysis

        if self._analysis is None:
            schema = self._schema() if callable(self._schema) else self._schema
            self._analysis = Analysis(schema, self._options, many=self._many)
        return self._analysis
