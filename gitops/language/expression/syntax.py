"""Text to tree: statements are parsed here, the expressions inside them by `pratt`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gitops.language.expression import tree
from gitops.language.expression.lexer import Kind, Part, Piece, pieces
from gitops.language.expression.pratt import Pratt, Tokens
from gitops.language.expression.problems import ProblemError
from gitops.language.expression.tree import Body, Expression, Node, Span, Statement, walk

REMOVED: Final = frozenset(
    {"autoescape", "cache", "embed", "extends", "flush", "from", "import", "include", "parallel"},
)
"""Tags that Pebble has and this language does not: a template never reads another one."""

_MIDDLES: Final = frozenset({"else", "elseif"})
DEEPEST: Final = 120


def parse(source: str) -> Body:
    """The tree of a template; raises ProblemError at the first thing that is wrong."""
    body = _Parser(pieces(source)).body(Span(0, len(source)))
    refuse_too_deep(body)
    return body


def refuse_too_deep(root: Node) -> None:
    """Raise ProblemError for a tree that is deeper than any that is written by hand."""
    for node, depth in walk(root):
        if depth > DEEPEST:
            raise ProblemError("The expression is nested too deeply", node.span)


def parse_output(piece: Piece) -> Expression:
    """The expression of one `{{ ... }}`."""
    pratt = Pratt(Tokens(piece.tokens))
    expression = pratt.expression()
    pratt.tokens.expect_end()
    return expression


def parse_tag(piece: Piece) -> tuple[str, tuple[Expression, ...]]:
    """The name of one tag and the expressions in it, without regard to the tags around."""
    pratt = Pratt(Tokens(piece.tokens))
    word = pratt.tokens.expect_name("the name of a tag").text
    header = _HEADERS.get(word)
    if header is None:
        if not (word.startswith("end") and word[3:] in _TAGS) and word not in _MIDDLES:
            raise _unknown(word, piece.tokens[0].span)
        return word, ()
    found = header(pratt)
    pratt.tokens.expect_end()
    return word, found


class _Parser:
    """Parses statements from pieces."""

    def __init__(self, found: tuple[Piece, ...]) -> None:
        self._pieces = found
        self._position = 0
        self._open: list[tuple[str, Span]] = []

    def body(self, around: Span, *ends: str) -> Body:
        """Statements up to a tag of that name, which is not read, or up to the end of the template."""
        statements: list[Statement] = []
        while self._position < len(self._pieces) and self._word() not in ends:
            statements.append(self._statement())
        if not statements:
            return Body(Span(around.end, around.end) if ends else around, ())
        return Body(Span(statements[0].span.start, statements[-1].span.end), tuple(statements))

    def _word(self) -> str | None:
        piece = self._pieces[self._position]
        if piece.part is Part.TAG and piece.tokens and piece.tokens[0].kind is Kind.NAME:
            return piece.tokens[0].text
        return None

    def _take(self) -> Piece:
        piece = self._pieces[self._position]
        self._position += 1
        if piece.problem:
            raise piece.problem
        return piece

    def _statement(self) -> Statement:
        piece = self._take()
        match piece.part:
            case Part.TEXT:
                return tree.Text(piece.span, piece.text)
            case Part.RAW:
                return tree.Raw(piece.span, piece.text)
            case Part.OUTPUT:
                return tree.Output(piece.span, parse_output(piece))
        pratt = Pratt(Tokens(piece.tokens))
        word = pratt.tokens.expect_name("the name of a tag").text
        if word not in _TAGS:
            raise self._stray(piece)
        return self._nested(word, pratt, piece.span)

    def _nested(self, word: str, pratt: Pratt, span: Span) -> Statement:
        self._open.append((word, span))
        if len(self._open) > DEEPEST // 4:
            raise ProblemError("The tags are nested too deeply", span)
        statement = _TAGS[word](self, pratt, span)
        self._open.pop()
        return statement

    def _stray(self, piece: Piece) -> ProblemError:
        word = piece.tokens[0].text
        if word in _MIDDLES or (word.startswith("end") and word[3:] in _TAGS):
            opened = f"`{{% {self._open[-1][0]} %}}` is open" if self._open else "no tag is open"
            return ProblemError(f"Unexpected `{{% {word} %}}`: {opened}", piece.span)
        return _unknown(word, piece.tokens[0].span)

    def _close(self, word: str, span: Span, *, may_name: bool = False) -> Span:
        """Read the end tag; the span from the start tag to it is returned."""
        if self._position >= len(self._pieces):
            raise ProblemError(f"`{{% {word} %}}` is never closed: `{{% end{word} %}}` is missing", span)
        piece = self._take()
        tokens = Tokens(piece.tokens[1:])
        if may_name and tokens.current.kind in (Kind.NAME, Kind.STRING):
            tokens.take()
        tokens.expect_end()
        return Span(span.start, piece.span.end)

    def if_(self, pratt: Pratt, span: Span) -> Statement:
        """`if`, `elseif` as often as wanted, `else`."""
        branches = [(_only(pratt), self.body(span, "elseif", "else", "endif"))]
        while self._at("elseif"):
            piece, inner = self._middle()
            branches.append((_only(inner), self.body(piece.span, "elseif", "else", "endif")))
        otherwise = self._otherwise("endif")
        return tree.If(self._close("if", span), tuple(branches), otherwise)

    def for_(self, pratt: Pratt, span: Span) -> Statement:
        """`for name in iterable`, `else`."""
        variable, iterable = _for_header(pratt)
        body = self.body(span, "else", "endfor")
        otherwise = self._otherwise("endfor")
        return tree.For(self._close("for", span), variable, iterable, body, otherwise)

    def set_(self, pratt: Pratt, span: Span) -> Statement:
        """`set name = value`."""
        name, value = _set_header(pratt)
        return tree.Set(span, name, value)

    def macro(self, pratt: Pratt, span: Span) -> Statement:
        """`macro name(parameter, parameter=default)`."""
        name, parameters = _macro_header(pratt)
        body = self.body(span, "endmacro")
        return tree.Macro(self._close("macro", span, may_name=True), name, parameters, body)

    def filter(self, pratt: Pratt, span: Span) -> Statement:
        """`filter name(arguments) | name`."""
        chain = _filter_header(pratt)
        body = self.body(span, "endfilter")
        return tree.FilterBlock(self._close("filter", span), chain, body)

    def block(self, pratt: Pratt, span: Span) -> Statement:
        """`block "name"`."""
        name = _block_header(pratt)
        body = self.body(span, "endblock")
        return tree.Block(self._close("block", span, may_name=True), name, body)

    def _at(self, word: str) -> bool:
        return self._position < len(self._pieces) and self._word() == word

    def _middle(self) -> tuple[Piece, Pratt]:
        piece = self._take()
        pratt = Pratt(Tokens(piece.tokens))
        pratt.tokens.take()
        return piece, pratt

    def _otherwise(self, end: str) -> Body | None:
        if not self._at("else"):
            return None
        piece, pratt = self._middle()
        pratt.tokens.expect_end()
        return self.body(piece.span, end)


def _unknown(word: str, span: Span) -> ProblemError:
    if word in REMOVED:
        return ProblemError(f"The tag `{word}` is not available: a template cannot reach another one", span)
    return ProblemError(f"There is no tag `{word}`", span)


def _only(pratt: Pratt) -> Expression:
    expression = pratt.expression()
    pratt.tokens.expect_end()
    return expression


def _for_header(pratt: Pratt) -> tuple[str, Expression]:
    variable = pratt.variable("the name of the loop's variable")
    pratt.tokens.expect("in")
    return variable, _only(pratt)


def _set_header(pratt: Pratt) -> tuple[str, Expression]:
    name = pratt.variable("the name of a variable")
    pratt.tokens.expect("=")
    return name, _only(pratt)


def _macro_header(pratt: Pratt) -> tuple[str, tuple[tuple[str, Expression | None], ...]]:
    name = pratt.variable("the name of the macro")
    parameters: list[tuple[str, Expression | None]] = []
    pratt.tokens.expect("(")
    while not pratt.tokens.accept(")"):
        if parameters:
            pratt.tokens.expect(",")
        parameter = pratt.variable("the name of a parameter")
        parameters.append((parameter, pratt.expression() if pratt.tokens.accept("=") else None))
    pratt.tokens.expect_end()
    return name, tuple(parameters)


def _filter_header(pratt: Pratt) -> Expression:
    here = Span(pratt.tokens.current.span.start, pratt.tokens.current.span.start)
    chain: Expression = pratt.filter(tree.Captured(here))
    while pratt.tokens.accept("|"):
        chain = pratt.filter(chain)
    pratt.tokens.expect_end()
    return chain


def _block_header(pratt: Pratt) -> str:
    token = pratt.tokens.take()
    if token.kind not in (Kind.NAME, Kind.STRING):
        raise ProblemError(f"Expected the name of the block but found `{token.text}`", token.span)
    pratt.tokens.expect_end()
    return token.text


def _macro_expressions(pratt: Pratt) -> tuple[Expression, ...]:
    return tuple(default for _, default in _macro_header(pratt)[1] if default)


def _block_expressions(pratt: Pratt) -> tuple[Expression, ...]:
    _block_header(pratt)
    return ()


_TAGS: Final[dict[str, Callable[[_Parser, Pratt, Span], Statement]]] = {
    "block": _Parser.block,
    "filter": _Parser.filter,
    "for": _Parser.for_,
    "if": _Parser.if_,
    "macro": _Parser.macro,
    "set": _Parser.set_,
}

_HEADERS: Final[dict[str, Callable[[Pratt], tuple[Expression, ...]]]] = {
    "block": _block_expressions,
    "elseif": lambda pratt: (_only(pratt),),
    "filter": lambda pratt: (_filter_header(pratt),),
    "for": lambda pratt: (_for_header(pratt)[1],),
    "if": lambda pratt: (_only(pratt),),
    "macro": _macro_expressions,
    "set": lambda pratt: (_set_header(pratt)[1],),
}
