"""Tokens to expressions: a Pratt parser over the tokens of one output or tag, with the precedence of Pebble.

Filters bind tighter than arithmetic and comparison; `~`, `..` and `??` bind tighter still, so that
`a ?? b | upper` filters whichever of the two is there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from gitops.language.expression import tree
from gitops.language.expression.lexer import Kind, Token
from gitops.language.expression.problems import ProblemError
from gitops.language.expression.tree import Arguments, Expression, Span

BINARY: Final = {
    "or": 10,
    "and": 15,
    "is": 20,
    "contains": 20,
    "in": 20,
    "==": 30,
    "equals": 30,
    "!=": 30,
    "<": 30,
    ">": 30,
    "<=": 30,
    ">=": 30,
    "+": 40,
    "-": 40,
    "*": 60,
    "/": 60,
    "%": 60,
    "|": 100,
    "~": 110,
    "..": 120,
    "??": 120,
    "???": 120,
}
"""How tightly each operator between two operands binds; all of them group from the left."""

PREFIX: Final = 500
"""How tightly `not`, `+` and `-` before an operand bind."""

CONSTANTS: Final = {
    "true": True,
    "TRUE": True,
    "false": False,
    "FALSE": False,
    "null": None,
    "NULL": None,
    "none": None,
    "NONE": None,
}
_WORDS: Final = frozenset({"or", "and", "is", "contains", "in", "equals"})
_UNARY: Final = frozenset({"not", "+", "-"})
_DEEPEST: Final = 60
_LARGEST: Final = 2**63 - 1


class Tokens:
    """A cursor over the tokens of one piece, the last of which is END."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._position = 0

    @property
    def current(self) -> Token:
        """The token to be read next."""
        return self._tokens[self._position]

    @property
    def following(self) -> Token:
        """The token after the current one."""
        return self._tokens[min(self._position + 1, len(self._tokens) - 1)]

    @property
    def end(self) -> int:
        """The offset where the last token that was read ends."""
        return self._tokens[max(self._position - 1, 0)].span.end

    def take(self) -> Token:
        """Read a token; END stays where it is."""
        token = self.current
        if token.kind is not Kind.END:
            self._position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the current token is one of these signs, operators or words."""
        return self.current.text in texts and self.current.kind in _SIGNS

    def accept(self, text: str) -> bool:
        """Read the token if it is this one."""
        found = self.at(text)
        if found:
            self.take()
        return found

    def expect(self, text: str) -> Token:
        """Read this token or fail."""
        if not self.at(text):
            raise self.unexpected(f"`{text}`")
        return self.take()

    def expect_name(self, what: str) -> Token:
        """Read a name or fail; `what` says what it would name."""
        if self.current.kind is not Kind.NAME:
            raise self.unexpected(what)
        return self.take()

    def expect_end(self) -> None:
        """Fail unless everything was read."""
        if self.current.kind is not Kind.END:
            raise self.unexpected("the end of the expression" if self.end else "an expression")

    def unexpected(self, expected: str) -> ProblemError:
        """The problem that something else stands here."""
        return ProblemError(f"Expected {expected} but found `{self.current.text}`", self.current.span)


_SIGNS: Final = frozenset({Kind.NAME, Kind.OPERATOR, Kind.PUNCTUATION, Kind.QUOTE, Kind.INTERPOLATION})


class Pratt:
    """Parses expressions from a cursor."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._depth = 0

    def expression(self, minimum: int = 0) -> Expression:
        """An expression whose operators all bind at least as tightly as `minimum`."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ProblemError("The expression is nested too deeply", self.tokens.current.span)
        left = self._operand()
        while (power := self._power()) >= max(minimum, 1):
            left = self._infix(left, power)
        if minimum == 0 and self.tokens.accept("?"):
            left = self._ternary(left)
        self._depth -= 1
        return left

    def variable(self, what: str) -> str:
        """A name that a value is given to."""
        token = self.tokens.expect_name(what)
        if token.text in CONSTANTS or token.text in _WORDS or token.text in _UNARY:
            raise ProblemError(f"Expected {what} but found the word `{token.text}`", token.span)
        return token.text

    def arguments(self) -> Arguments:
        """Arguments in parentheses; none when there are no parentheses."""
        start = self.tokens.current.span.start
        positional: list[Expression] = []
        named: list[tuple[str, Expression]] = []
        if self.tokens.accept("("):
            self._items(")", lambda: self._argument(positional, named))
        else:
            start = self.tokens.end
        return Arguments(Span(start, self.tokens.end), tuple(positional), tuple(named))

    def _argument(self, positional: list[Expression], named: list[tuple[str, Expression]]) -> None:
        token = self.tokens.current
        if self.tokens.following.text == "=" and self.tokens.following.kind is Kind.PUNCTUATION:
            name = self.variable("the name of an argument")
            self.tokens.expect("=")
            named.append((name, self.expression()))
        elif named:
            raise ProblemError("Positional arguments must come before named arguments", token.span)
        else:
            positional.append(self.expression())

    def _items(self, closing: str, item: Callable[[], object]) -> None:
        """Items between commas up to the closing bracket."""
        if self.tokens.accept(closing):
            return
        item()
        while not self.tokens.accept(closing):
            if not self.tokens.at(","):
                raise self.tokens.unexpected(f"`,` or `{closing}`")
            self.tokens.take()
            item()

    def _power(self) -> int:
        token = self.tokens.current
        if token.kind is Kind.OPERATOR:
            return BINARY.get(token.text, 0)
        if token.kind is not Kind.NAME:
            return 0
        if token.text == "not" and self.tokens.following.text == "in":
            return BINARY["in"]
        return BINARY[token.text] if token.text in _WORDS else 0

    def _infix(self, left: Expression, power: int) -> Expression:
        operator = self.tokens.take().text
        if operator == "|":
            return self.filter(left)
        if operator == "is":
            return self._test(left)
        if operator == "not":
            operator = f"not {self.tokens.take().text}"
        right = self.expression(power + 1)
        return tree.Binary(self._since(left), operator, left, right)

    def filter(self, target: Expression) -> tree.Filter:
        """The name and the arguments of a filter, applied to the target."""
        name = self.tokens.expect_name("the name of a filter")
        arguments = self.arguments()
        return tree.Filter(self._since(target), target, name.text, arguments, name.span)

    def _test(self, target: Expression) -> Expression:
        negated = self.tokens.accept("not")
        name = self.tokens.expect_name("the name of a test")
        arguments = self.arguments()
        return tree.Test(self._since(target), target, name.text, arguments, negated, name.span)

    def _ternary(self, condition: Expression) -> Expression:
        yes = self.expression()
        self.tokens.expect(":")
        no = self.expression()
        return tree.Ternary(self._since(condition), condition, yes, no)

    def _operand(self) -> Expression:
        token = self.tokens.current
        if token.text in _UNARY and token.kind in _SIGNS:
            self.tokens.take()
            operand = self.expression(PREFIX)
            return tree.Unary(self._from(token), token.text, operand)
        return self._postfix(self._primary(token))

    def _primary(self, token: Token) -> Expression:
        match token.kind:
            case Kind.STRING:
                return tree.Literal(self.tokens.take().span, token.text)
            case Kind.NUMBER:
                return self._number(self.tokens.take())
            case Kind.NAME if token.text not in _WORDS:
                return self._named(self.tokens.take())
            case Kind.QUOTE:
                return self._joined(self.tokens.take())
            case Kind.PUNCTUATION if token.text in ("(", "[", "{"):
                return self._bracketed(self.tokens.take())
        raise self.tokens.unexpected("a value")

    def _number(self, token: Token) -> Expression:
        if "." in token.text:
            return tree.Literal(token.span, float(token.text))
        digits = token.text.removesuffix("L")
        value = int(digits) if len(digits) < len(str(_LARGEST)) + 1 else _LARGEST + 1
        if value > _LARGEST:
            raise ProblemError(f"The number {digits[:40]} does not fit in 64 bits", token.span)
        return tree.Literal(token.span, value)

    def _named(self, token: Token) -> Expression:
        if token.text in CONSTANTS:
            return tree.Literal(token.span, CONSTANTS[token.text])
        if self.tokens.at("("):
            arguments = self.arguments()
            return tree.Call(self._from(token), token.text, arguments)
        return tree.Name(token.span, token.text)

    def _joined(self, opening: Token) -> Expression:
        parts: list[Expression] = []
        while not self.tokens.accept('"'):
            token = self.tokens.take()
            if token.kind is Kind.STRING:
                parts.append(tree.Literal(token.span, token.text))
            else:
                parts.append(self.expression())
                self.tokens.expect("}")
        return tree.Joined(self._from(opening), tuple(parts))

    def _bracketed(self, opening: Token) -> Expression:
        if opening.text == "(":
            inner = self.expression()
            self.tokens.expect(")")
            return inner
        if opening.text == "[":
            items: list[Expression] = []
            self._items("]", lambda: items.append(self.expression()))
            return tree.ListLiteral(self._from(opening), tuple(items))
        pairs: list[tuple[Expression, Expression]] = []
        self._items("}", lambda: pairs.append(self._pair()))
        return tree.MapLiteral(self._from(opening), tuple(pairs))

    def _pair(self) -> tuple[Expression, Expression]:
        key = self.expression()
        self.tokens.expect(":")
        return key, self.expression()

    def _postfix(self, target: Expression) -> Expression:
        while True:
            if self.tokens.accept("."):
                target = self._attribute(target)
            elif self.tokens.accept("["):
                key = self.expression()
                self.tokens.expect("]")
                target = tree.Index(self._since(target), target, key)
            elif self.tokens.at("("):
                raise ProblemError("Only functions can be called, not values", self.tokens.current.span)
            else:
                return target

    def _attribute(self, target: Expression) -> Expression:
        name = self.tokens.expect_name("the name of an attribute")
        if self.tokens.at("("):
            message = f"Methods cannot be called: use a filter or a function in place of `.{name.text}(...)`"
            raise ProblemError(message, name.span)
        return tree.Attribute(self._since(target), target, name.text)

    def _since(self, first: Expression) -> Span:
        return Span(first.span.start, self.tokens.end)

    def _from(self, first: Token) -> Span:
        return Span(first.span.start, self.tokens.end)
