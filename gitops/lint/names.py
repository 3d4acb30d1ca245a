"""Flows by their names: which are there, and which one was probably meant."""

from __future__ import annotations

from functools import cached_property

from gitops.lint import words
from gitops.lint.repository import Repository

Key = tuple[str, str]

_LIKENESS = 0.75
_SHORTEST_SLIP = 4
"""In shorter names one letter makes another name."""


class Names:
    """The names of a repository's flows. Those in namespaces that no flow of it has are somebody else's business.

    So are those in the namespaces `elsewhere` and below them.
    """

    def __init__(self, repository: Repository, elsewhere: tuple[str, ...] = ()) -> None:
        self._repository = repository
        self._keys = repository.flows.keys()
        self._elsewhere = elsewhere

    def lacks(self, key: Key) -> bool:
        """Whether a name means a flow that should be here and is not; one that was deleted is another matter."""
        if self._repository.has(key) or key in self._repository.removed or self._is_elsewhere(key[0]):
            return False
        return key[0] in self._namespaces or self.meant(key) is not None

    def has_namespace(self, namespace: str) -> bool:
        """Whether a flow is in a namespace, or somebody else's flows are."""
        return namespace in self._namespaces or self._is_elsewhere(namespace)

    def meant(self, key: Key) -> Key | None:
        """The flow that was probably meant by a name that no flow has."""
        namespace, flow = key
        near = words.closest(flow, self._by_namespace.get(namespace, ()), _LIKENESS)
        if near is not None:
            return namespace, near
        others = (space for space, ids in self._by_namespace.items() if flow in ids and is_slip(namespace, space))
        return next(((space, flow) for space in others), None)

    def meant_namespace(self, namespace: str) -> str | None:
        """The namespace that was probably meant by one that no flow has."""
        return next((space for space in self._by_namespace if is_slip(namespace, space)), None)

    @cached_property
    def _by_namespace(self) -> dict[str, tuple[str, ...]]:
        """The ids of flows by namespace, all in order."""
        found: dict[str, list[str]] = {}
        for namespace, flow in sorted(self._keys):
            found.setdefault(namespace, []).append(flow)
        return {namespace: tuple(ids) for namespace, ids in found.items()}

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        return frozenset(namespace for namespace, _ in self._keys)

    def _is_elsewhere(self, namespace: str) -> bool:
        return any(namespace == each or namespace.startswith(f"{each}.") for each in self._elsewhere)


def is_slip(name: str, other: str) -> bool:
    """Whether two dotted names differ in one letter of one part, or in the order of two: others mean what they say."""
    parts = list(zip(name.split("."), other.split("."), strict=False))
    differing = [pair for pair in parts if pair[0] != pair[1]]
    if name.count(".") != other.count(".") or len(differing) != 1 or min(map(len, differing[0])) < _SHORTEST_SLIP:
        return False
    left, right = _without_common(*differing[0])
    swapped = len(left) == 2 and left == right[::-1]
    return (swapped or max(len(left), len(right)) == 1) and not any(sign.isdigit() for sign in left + right)


def _without_common(one: str, other: str) -> tuple[str, str]:
    """What is left of two texts without their common beginning and end."""
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    end = _alike(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end]


def _alike(one: str, other: str) -> int:
    """How many signs two texts begin with together."""
    signs = enumerate(zip(one, other, strict=False))
    return next((index for index, (left, right) in signs if left != right), min(len(one), len(other)))
