"""YAML nodes to plain data, with the problems of the text that only show here.

Aliases share what they name, so the data is never larger than the text; how large it would be written out is counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gitops.language import syntax_words
from gitops.language.composer import COLLECTION, PLAIN, QUOTED, Composition, node_span
from gitops.language.plain_scalars import Scalar, resolve
from gitops.language.problem import Limits, Problem
from gitops.language.quoting import quote

_STANDARD = "tag:yaml.org,2002:"
_TEXT = (QUOTED, f"{_STANDARD}str")
_TYPED = (PLAIN, *(f"{_STANDARD}{name}" for name in ("int", "float", "bool", "null")))
_COLLECTIONS = (COLLECTION, f"{_STANDARD}map", f"{_STANDARD}seq")
_ALLOWED = frozenset((*_TEXT, *_TYPED, *_COLLECTIONS))


@dataclass(frozen=True, slots=True)
class _Built:
    """A value, how many values it is written out, and how many levels it has."""

    value: object
    size: int
    height: int


def build(text: str, composition: Composition, limits: Limits) -> tuple[object, tuple[Problem, ...]]:
    """The data of a composed text and every problem of it; no data when a limit is passed."""
    if composition.root is None:
        return None, composition.problems
    builder = _Builder(text, limits, most=composition.nodes * limits.expansion)
    built = builder.build(composition.root)
    problems = (*composition.problems, *builder.problems)
    if any(problem.rule == "yaml-limits" for problem in problems):
        return None, problems
    return built.value, problems


class _Builder:
    def __init__(self, text: str, limits: Limits, *, most: int) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._limits = limits
        self._most = most
        self._built: dict[int, _Built | None] = {}

    def build(self, node: Node) -> _Built:
        """The value of a node; a node that an alias repeats is built once."""
        key = id(node)
        if key in self._built:
            return self._built[key] or self._endless(node)
        self._built[key] = None
        built = self._built[key] = self._checked(node, self._make(node))
        return built

    def _make(self, node: Node) -> _Built:
        if node.tag not in _ALLOWED:
            self._refuse_tag(node)
        if isinstance(node, MappingNode):
            return _Built(self._slice(node), 1, 1) if self._is_expression(node) else self._mapping(node)
        if isinstance(node, SequenceNode):
            items = [self.build(child) for child in node.value]
            return _joined([item.value for item in items], items)
        return _Built(_scalar(node), 1, 1)

    def _mapping(self, node: MappingNode) -> _Built:
        data: dict[str, object] = {}
        first: dict[str, Node] = {}
        parts: list[_Built] = []
        for key_node, value_node in node.value:
            key = self._key(key_node)
            part = self.build(value_node)
            if key in data:
                self._refuse_duplicate(key, key_node, first[key])
                continue
            first[key] = key_node
            data[key] = part.value
            parts.append(part)
        return _joined(data, parts)

    def _key(self, node: Node) -> str:
        if isinstance(node, ScalarNode):
            return str(node.value)
        if isinstance(node, MappingNode) and self._text.startswith("{{", node.start_mark.index):
            self._refuse_expression(node)
        else:
            self._refuse("yaml-syntax", "a key is a collection", node, expected="a text", help="write `key: value`")
        return self._slice(node)

    def _is_expression(self, node: MappingNode) -> bool:
        """Whether this is what an expression without quotes is read as: a mapping whose key is a mapping."""
        if not (node.flow_style and self._text.startswith("{{", node.start_mark.index)):
            return False
        self._refuse_expression(node)
        return True

    def _checked(self, node: Node, built: _Built) -> _Built:
        if built.size > self._most:
            self._refuse(
                "yaml-limits",
                "aliases make the document too large",
                node,
                expected=f"at most {self._limits.expansion} times the size it is written in",
            )
        elif built.height > self._limits.depth:
            self._refuse(
                "yaml-limits",
                "aliases make the document too deep",
                node,
                expected=f"at most {self._limits.depth} levels of nesting",
            )
        else:
            return built
        return _Built(None, 1, 1)

    def _endless(self, node: Node) -> _Built:
        message = "an alias refers to the value that it is part of"
        self._refuse("yaml-limits", message, node, help="write out what the alias stands for")
        return _Built(None, 1, 1)

    def _refuse_expression(self, node: Node) -> None:
        words = syntax_words.UNQUOTED
        self._refuse("unquoted-expression", words.message, node, found=quote(self._slice(node)), help=words.help)

    def _refuse_tag(self, node: Node) -> None:
        tag = node.tag.replace(_STANDARD, "!!", 1)
        self._refuse(
            "yaml-tag",
            "a tag is not allowed here",
            node,
            expected="a plain value",
            found=quote(tag),
            help="delete the tag; put a text that begins with `!` in quotes",
        )

    def _refuse_duplicate(self, key: str, node: Node, first: Node) -> None:
        self.problems.append(
            Problem(
                "duplicate-key",
                f"key {quote(key)} is already used in this mapping",
                node_span(self._text, node),
                help="delete one of the two",
                related=node_span(self._text, first),
            )
        )

    def _refuse(
        self,
        rule: str,
        message: str,
        node: Node,
        *,
        expected: str | None = None,
        found: str | None = None,
        help: str | None = None,  # noqa: A002 - the member's name
    ) -> None:
        span = node_span(self._text, node)
        self.problems.append(Problem(rule, message, span, expected=expected, found=found, help=help))

    def _slice(self, node: Node) -> str:
        return self._text[node.start_mark.index : node.end_mark.index]


def _scalar(node: Node) -> Scalar:
    return resolve(node.value) if node.tag in _TYPED else str(node.value)


def _joined(value: object, parts: list[_Built]) -> _Built:
    return _Built(value, 1 + sum(part.size for part in parts), 1 + max((part.height for part in parts), default=0))
