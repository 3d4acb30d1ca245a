"""How large and how deep a document with aliases is when it is written out: a few lines can stand for millions."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, SequenceNode

from gitops.language.composer import Composition, node_span
from gitops.language.problem import Limits, Problem

_Measure = tuple[int, int]
"""How many values something is written out, and how many levels it has."""


def growth(text: str, composition: Composition, limits: Limits) -> Problem | None:
    """The problem of a document that grows too much through its aliases, or without end."""
    if composition.root is None or composition.plain:
        return None
    measuring = _Measuring(text, limits, most=composition.nodes * limits.expansion)
    measuring.measure(composition.root)
    return measuring.problem


class _Measuring:
    def __init__(self, text: str, limits: Limits, *, most: int) -> None:
        self.problem: Problem | None = None
        self._text = text
        self._limits = limits
        self._most = most
        self._measured: dict[int, _Measure | None] = {}

    def measure(self, node: Node) -> _Measure:
        """The measure of a node; one that an alias repeats is measured once."""
        if not isinstance(node, SequenceNode | MappingNode):
            return (1, 1)
        key = id(node)
        if key in self._measured:
            return self._measured[key] or self._endless(node)
        self._measured[key] = None
        parts = [self.measure(part) for part in _parts(node)]
        whole = (1 + sum(size for size, _ in parts), 1 + max((height for _, height in parts), default=0))
        measured = self._measured[key] = self._checked(node, whole)
        return measured

    def _checked(self, node: Node, measure: _Measure) -> _Measure:
        size, height = measure
        if size > self._most:
            times = f"at most {self._limits.expansion} times the size it is written in"
            return self._refuse(node, "aliases make the document too large", expected=times)
        if height > self._limits.depth:
            levels = f"at most {self._limits.depth} levels of nesting"
            return self._refuse(node, "aliases make the document too deep", expected=levels)
        return measure

    def _endless(self, node: Node) -> _Measure:
        advice = "write out what the alias stands for"
        return self._refuse(node, "an alias refers to the value that it is part of", help=advice)

    def _refuse(
        self,
        node: Node,
        message: str,
        *,
        expected: str | None = None,
        help: str | None = None,  # noqa: A002 - the member's name
    ) -> _Measure:
        span = node_span(self._text, node)
        self.problem = self.problem or Problem("yaml-limits", message, span, expected=expected, help=help)
        return (1, 1)


def _parts(node: SequenceNode | MappingNode) -> list[Node]:
    """What a collection holds; keys count nothing, as they are text."""
    return [value for _, value in node.value] if isinstance(node, MappingNode) else list(node.value)
