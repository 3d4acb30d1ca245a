"""Text to YAML nodes that know their places, by libyaml. Only this module and `builder` know the YAML library.

libyaml's composer calls three methods for every node. Here they only count and mark: what a scalar means is decided
later, once, in `builder`.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from yaml._yaml import CParser
from yaml.error import Mark, MarkedYAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml.reader import ReaderError

from gitops.language import syntax_words
from gitops.language.position import START, Path, Span, line_table
from gitops.language.problem import Limits, Problem
from gitops.language.scalar_places import places
from gitops.language.syntax_words import Words

PLAIN = "plain"
QUOTED = "quoted"
COLLECTION = "collection"

_ANCHOR = re.compile(r"(?:^|[\s,\[{:-])&[^\s&]", re.MULTILINE)
_MANY_LEVELS = re.compile(r"^[-?: \t]{1000}", re.MULTILINE)
_MANY_BRACKETS = 1000
_NEVER_CLOSED = "found unexpected end of stream"
_DOCUMENT_START = re.compile(r"^---(?=\s|$)", re.MULTILINE)


class Composition(NamedTuple):
    """The nodes of the first YAML document of a text, how many they are at most, and what is wrong with the text.

    `plain` says that no node is repeated by an alias, and that the levels of nesting are not counted yet.
    """

    root: Node | None
    nodes: int
    plain: bool
    problems: tuple[Problem, ...]


class _Parser(CParser):
    def resolve(self, kind: type[Node], value: object, implicit: tuple[bool, bool]) -> str:  # noqa: ARG002 - libyaml's signature
        if kind is not ScalarNode:
            return COLLECTION
        return PLAIN if implicit[0] else QUOTED


class _QuickComposer(_Parser):
    """For texts too short and too flat to be dangerous: libyaml calls back as little as possible."""

    descend_resolver = operator.is_  # takes two arguments and does nothing
    ascend_resolver = bool  # takes none


class _LimitError(MarkedYAMLError):
    """The text has more nodes or more levels than allowed."""


class _Composer(_Parser):
    """Counts nodes and levels while it composes, and stops at the limits."""

    def __init__(self, text: str, limits: Limits) -> None:
        super().__init__(text)
        self.nodes = 0
        self._depth = 0
        self._limits = limits

    def descend_resolver(self, parent: Node | None, index: object) -> None:  # noqa: ARG002 - libyaml's signature
        self.nodes += 1
        self._depth += 1
        if self._depth > self._limits.depth:
            self._stop(f"at most {self._limits.depth} levels of nesting", parent)
        if self.nodes > self._limits.nodes:
            self._stop(f"at most {self._limits.nodes:,} values", parent)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def _stop(self, expected: str, node: Node | None) -> None:
        raise _LimitError(problem=expected, problem_mark=node.start_mark if node is not None else None)


@lru_cache(maxsize=2)
def compose(text: str, limits: Limits) -> Composition:
    """The nodes of a text. The last ones are kept, because places are asked for file by file."""
    plain = _is_plain(text, limits)
    composer: _Parser = _QuickComposer(text) if plain else _Composer(text, limits)
    try:
        root = composer.get_node() if composer.check_node() else None
        problems = (_second_document(text, root, composer),) if root is not None and composer.check_node() else ()
    except (MarkedYAMLError, ReaderError) as error:
        return Composition(None, 0, plain, (_refusal(text, error),))
    nodes = composer.nodes if isinstance(composer, _Composer) else len(text)
    return Composition(root, nodes, plain, problems)


def _is_plain(text: str, limits: Limits) -> bool:
    """Whether a text has no anchors, and has not the characters that too many nodes or a deep nesting would take."""
    return (
        len(text) < limits.nodes
        and text.count("[") + text.count("{") < _MANY_BRACKETS
        and not ("&" in text and _ANCHOR.search(text))
        and not _MANY_LEVELS.search(text)
    )


def locate(text: str, path: Path, *, key: bool, limits: Limits) -> Span:
    """The span of a value, or of its key; that of its nearest ancestor when it is not there."""
    node = _node(text, path, key=key, limits=limits)
    return START if node is None else node_span(text, node)


def locate_within(text: str, path: Path, start: int, end: int, *, key: bool, limits: Limits) -> Span:
    """The span of a stretch of a text value, given by offsets into the value; of the whole when it is no text."""
    node = _node(text, path, key=key, limits=limits)
    if not isinstance(node, ScalarNode):
        return locate(text, path, key=key, limits=limits)
    first, last = node.start_mark.index, node.end_mark.index
    at = places(text[first:last], node.value, node.style)
    most = len(at) - 1
    begin = at[min(start, most)]
    return line_table(text).span(first + begin, first + max(at[min(max(end - 1, start), most)] + 1, begin + 1))


class Spot(NamedTuple):
    """What stands at an offset: the value at a path, or its key; `within` counts the characters of it before that.

    `within` is None where the offset is in no text: in a collection, or on the white space around its parts.
    """

    path: Path
    key: bool = False
    within: int | None = None


def spot(text: str, offset: int, *, limits: Limits) -> Spot:
    """What stands at an offset, as deep as can be told."""
    node = compose(text, limits).root
    path: Path = ()
    while node is not None and not isinstance(node, ScalarNode):
        begun = [each for each in _parts(node) if each[1].start_mark.index <= offset]
        if not begun:
            return Spot(path)
        step, key, value = max(begun, key=lambda each: each[1].start_mark.index)
        path = (*path, step)
        if key is not value and offset <= key.end_mark.index:
            return Spot(path, key=True, within=_within(text, key, offset))
        node = value
    return Spot(path) if node is None else Spot(path, within=_within(text, node, offset))


class Part(NamedTuple):
    """An entry of a mapping, or an item of a list, by offsets: its beginning, that of its value, and the end of that.

    `style` is that of a scalar: `|` and `>` for blocks, None for a collection.
    """

    item: bool
    start: int
    value: int
    end: int
    style: str | None


def parts(text: str, *, limits: Limits) -> Iterator[Part]:
    """Every entry and every item at any depth; keys that are texts are parts of their own."""
    waiting = [compose(text, limits).root]
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if node is None or isinstance(node, ScalarNode) or id(node) in seen:
            continue
        seen.add(id(node))
        for key, value in _pairs(node):
            yield Part(key is value, key.start_mark.index, value.start_mark.index, value.end_mark.index, _style(value))
            if key is not value:
                yield Part(False, key.start_mark.index, key.start_mark.index, key.end_mark.index, _style(key))
                waiting.append(key)
            waiting.append(value)


def _pairs(node: Node) -> Iterable[tuple[Node, Node]]:
    """The keys and values of a collection; a value of a list is its own key."""
    return node.value if isinstance(node, MappingNode) else zip(node.value, node.value, strict=True)


def _style(node: Node) -> str | None:
    return node.style or "" if isinstance(node, ScalarNode) else None


def _parts(node: Node) -> Iterator[tuple[str | int, Node, Node]]:
    """What a collection holds: each step with its key and its value; a value of a list is its own key."""
    if isinstance(node, MappingNode):
        yield from ((key.value, key, value) for key, value in node.value if isinstance(key, ScalarNode))
    else:
        yield from ((index, item, item) for index, item in enumerate(node.value))


def _within(text: str, node: Node, offset: int) -> int | None:
    """How many characters of a scalar stand before an offset; None when the offset is outside of it."""
    first, last = node.start_mark.index, node.end_mark.index
    if not isinstance(node, ScalarNode) or not first <= offset <= last:
        return None
    at = places(text[first:last], node.value, node.style)
    return min(bisect_left(at, offset - first), len(node.value))


def _node(text: str, path: Path, *, key: bool, limits: Limits) -> Node | None:
    node = compose(text, limits).root
    if node is None:
        return None
    found = node
    for position, step in enumerate(path):
        pair = next(_steps(node, step), None)
        if pair is None:
            break
        node = pair[1]
        found = pair[0] if key and position == len(path) - 1 else node
    return found


def node_span(text: str, node: Node) -> Span:
    """The span of a node."""
    return line_table(text).span(node.start_mark.index, node.end_mark.index)


def too_large(text: str, offset: int, expected: str) -> Problem:
    """The problem of a document that is larger or deeper than allowed, at the place where that shows."""
    return Problem("yaml-limits", "the document is too large", _point(text, offset), expected=expected)


def _steps(node: Node, step: str | int) -> Iterator[tuple[Node, Node]]:
    """The key and value that a step leads to; a value of a list is its own key."""
    if isinstance(node, MappingNode):
        yield from ((key, value) for key, value in node.value if isinstance(key, ScalarNode) and key.value == step)
    elif isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        yield node.value[step], node.value[step]


def _second_document(text: str, first: Node, composer: _Parser) -> Problem:
    event = composer.get_event()
    offset = event.start_mark.index if event is not None and event.start_mark is not None else len(text)
    mark = _DOCUMENT_START.search(text, first.end_mark.index, offset)
    start, end = mark.span() if mark else (offset, offset)
    return Problem(
        "multi-document",
        "a second YAML document begins here",
        line_table(text).span(start, end),
        expected="one flow in a file",
        help="move it to a file of its own",
    )


def _refusal(text: str, error: MarkedYAMLError | ReaderError) -> Problem:
    if isinstance(error, ReaderError):
        return _unreadable(text, error)
    mark = error.context_mark if error.problem == _NEVER_CLOSED else error.problem_mark or error.context_mark
    offset = _offset(text, mark)
    if isinstance(error, _LimitError):
        return too_large(text, offset, error.problem or "")
    line = line_table(text).span(offset, offset).line
    unquoted = syntax_words.EXPRESSION.search(line_table(text).line(line))
    if unquoted:
        start = unquoted.start("expression") + 1
        return _problem("unquoted-expression", syntax_words.UNQUOTED, Span(line, start, line, start + 2))
    words = syntax_words.explain(error.problem or "", text[offset : offset + 1])
    return _problem("yaml-syntax", words, _point(text, offset), _opening(text, error.context_mark, offset))


def _unreadable(text: str, error: ReaderError) -> Problem:
    before = text.encode()[: error.position].decode(errors="ignore")
    words = syntax_words.explain(error.reason, "")
    return Problem(
        "yaml-syntax", words.message, _point(text, len(before)), found=f"U+{error.character:04X}", help=words.help
    )


def _problem(rule: str, words: Words, span: Span, related: Span | None = None) -> Problem:
    return Problem(rule, words.message, span, help=words.help, related=related)


def _opening(text: str, mark: Mark | None, offset: int) -> Span | None:
    """Where that began which has no proper end, when it is another place."""
    return _point(text, mark.index) if mark is not None and mark.index != offset else None


def _offset(text: str, mark: Mark | None) -> int:
    """Where an error is seen; at the end of the file, that is after the last character that is not white space."""
    offset = mark.index if mark is not None else 0
    return offset if offset < len(text) else len(text.rstrip())


def _point(text: str, offset: int) -> Span:
    return line_table(text).span(offset, offset + 1)
