"""YAML nodes to plain data, with the problems of the text that only show here.

Aliases share what they name, so the data is never larger than the text; `growth` counts how large it is written out.
"""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from gitops.language import syntax_words
from gitops.language.composer import COLLECTION, PLAIN, QUOTED, Composition, node_span, too_large
from gitops.language.growth import growth
from gitops.language.plain_scalars import Scalar, resolve
from gitops.language.problem import Limits, Problem
from gitops.language.quoting import quote

_STANDARD = "tag:yaml.org,2002:"
_TEXT = (QUOTED, f"{_STANDARD}str")
_TYPED = (PLAIN, *(f"{_STANDARD}{name}" for name in ("int", "float", "bool", "null")))
_COLLECTIONS = (COLLECTION, f"{_STANDARD}map", f"{_STANDARD}seq")
_ALLOWED = frozenset((*_TEXT, *_TYPED, *_COLLECTIONS))


def build(text: str, composition: Composition, limits: Limits) -> tuple[object, tuple[Problem, ...]]:
    """The data of a composed text and every problem of it; no data when a limit is passed."""
    if composition.root is None:
        return None, composition.problems
    grown = growth(text, composition, limits)
    if grown is not None:
        return None, (*composition.problems, grown)
    builder = _Builder(text, limits, shared=not composition.plain)
    try:
        data = builder.build(composition.root, 1)
    except _TooDeepError as error:
        return None, (*composition.problems, too_large(text, error.offset, f"at most {limits.depth} levels of nesting"))
    return data, (*composition.problems, *builder.problems)


class _TooDeepError(Exception):
    """The document has more levels of nesting than allowed."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.offset = int(node.start_mark.index)


class _Builder:
    def __init__(self, text: str, limits: Limits, *, shared: bool) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._deepest = limits.depth
        self._shared: dict[int, object] | None = {} if shared else None

    def build(self, node: Node, depth: int) -> object:
        """The value of a node on a level, counted from 1; a collection that an alias repeats is built once."""
        if node.tag not in _ALLOWED:
            self._refuse_tag(node)
        if isinstance(node, ScalarNode):
            return _scalar(node)
        if self._shared is None:
            return self._collection(node, depth)
        if id(node) not in self._shared:
            self._shared[id(node)] = self._collection(node, depth)
        return self._shared[id(node)]

    def _collection(self, node: Node, depth: int) -> object:
        if depth >= self._deepest and node.value:
            raise _TooDeepError(node)
        if isinstance(node, SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        return self._slice(node) if self._is_expression(node) else self._mapping(node, depth)

    def _mapping(self, node: Node, depth: int) -> dict[str, object]:
        data: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else self._odd_key(key_node)
            # Most values are texts without a tag: one call less for each is a fifth of the time.
            tag = value_node.tag
            value = resolve(value_node.value) if tag == PLAIN else self.build(value_node, depth + 1)
            if key not in data:
                data[key] = value
        if len(data) != len(node.value):
            self._refuse_duplicates(node)
        return data

    def _odd_key(self, node: Node) -> str:
        if isinstance(node, MappingNode) and self._text.startswith("{{", node.start_mark.index):
            self._refuse_expression(node)
        else:
            self._refuse("yaml-syntax", "a key is a collection", node, expected="a text", help="write `key: value`")
        return self._slice(node)

    def _is_expression(self, node: Node) -> bool:
        """Whether this is what an expression without quotes is read as: a mapping whose key is a mapping."""
        if not (
            isinstance(node, MappingNode) and node.flow_style and self._text.startswith("{{", node.start_mark.index)
        ):
            return False
        self._refuse_expression(node)
        return True

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

    def _refuse_duplicates(self, mapping: Node) -> None:
        first: dict[str, Node] = {}
        for node, _ in mapping.value:
            key = node.value if isinstance(node, ScalarNode) else self._slice(node)
            if first.setdefault(key, node) is not node:
                self._refuse_duplicate(key, node, first[key])

    def _refuse_duplicate(self, key: str, node: Node, first: Node) -> None:
        message = f"key {quote(key)} is already used in this mapping"
        span, related = node_span(self._text, node), node_span(self._text, first)
        self.problems.append(Problem("duplicate-key", message, span, help="delete one of the two", related=related))

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
