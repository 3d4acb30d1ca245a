"""Text to pieces: a template is cut into text, outputs, tags and raw text, and the inside of each tag into tokens.

A piece that cannot be read carries its problem and the next piece is read all the same, so that a reader may go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from gitops.language.expression.problems import ProblemError
from gitops.language.expression.tree import Span


class Kind(Enum):
    """What a token is."""

    NAME = "a name"
    NUMBER = "a number"
    STRING = "a text"
    OPERATOR = "an operator"
    PUNCTUATION = "a sign"
    QUOTE = "a quote"
    INTERPOLATION = "an interpolation"
    END = "the end"


class Part(Enum):
    """What a piece of a template is."""

    TEXT = "text"
    RAW = "raw"
    COMMENT = "comment"
    OUTPUT = "output"
    TAG = "tag"


class Token(NamedTuple):
    """The smallest part of an expression; `text` of a string is its value, without quotes and escapes."""

    kind: Kind
    text: str
    span: Span


class Piece(NamedTuple):
    """A part of a template. `text` is for text and raw, `tokens` (closed by END) for outputs and tags."""

    part: Part
    span: Span
    text: str = ""
    tokens: tuple[Token, ...] = ()
    problem: ProblemError | None = None
    trims_before: bool = False
    trims_after: bool = False


_OPENING = re.compile(r"\{[{%#]")
_RAW = re.compile(r"\{%(-?)\s*(raw|verbatim)\s*-?%\}")
_SPACE = re.compile(r"\s*")
_TOKEN: Final = re.compile(
    r"""
    (?P<OPERATOR> \?\?\?? | \.\. | [=!<>]= | [-+*/%~<>|] )
  | (?P<NAME> [^\W\d]\w* )
  | (?P<NUMBER> [0-9]+ (?: \.[0-9]+ | L\b )? )
  | (?P<PUNCTUATION> [()\[\]{}?:.,=] )
  | (?P<STRING> '(?: [^'\\] | \\. )*' )
  | (?P<QUOTE> " )
    """,
    re.VERBOSE | re.DOTALL,
)
_QUOTED: Final = re.compile(r"(?:[^#\"\\]|\\.|#(?!\{))+", re.DOTALL)
_CLOSING: Final = {Part.OUTPUT: re.compile(r"(-?)\}\}"), Part.TAG: re.compile(r"(-?)%\}")}
_DEEPEST = 60
_PAIRS: Final = {"(": ")", "[": "]", "{": "}", "#{": "}"}


def pieces(source: str) -> tuple[Piece, ...]:
    """The template cut into pieces, whitespace control applied. Empty texts and comments are left out."""
    found = list(_cut(source))
    after = [False, *(piece.trims_after for piece in found)]
    before = [*(piece.trims_before for piece in found), False][1:]
    trimmed = (_trim(*each) for each in zip(found, after, before, strict=False))
    return tuple(piece for piece in trimmed if _matters(piece))


def _matters(piece: Piece) -> bool:
    return piece.problem is not None or (
        piece.part is not Part.COMMENT and (piece.part is not Part.TEXT or piece.text != "")
    )


def _cut(source: str) -> Iterator[Piece]:
    position = 0
    while position < len(source):
        opening = _OPENING.search(source, position)
        start = opening.start() if opening else len(source)
        yield Piece(Part.TEXT, Span(position, start), source[position:start])
        if opening is None:
            return
        piece = _read(source, start)
        yield piece
        position = piece.span.end


def _trim(piece: Piece, after: bool, before: bool) -> Piece:
    if piece.part is not Part.TEXT or not (after or before):
        return piece
    text = piece.text.lstrip() if after else piece.text
    return Piece(Part.TEXT, piece.span, text.rstrip() if before else text)


def _read(source: str, start: int) -> Piece:
    if source.startswith("{#", start):
        return _comment(source, start)
    if raw := _RAW.match(source, start):
        return _raw(source, raw)
    return _Tag(source, start).read()


def _comment(source: str, start: int) -> Piece:
    end = source.find("#}", start + 2)
    if end < 0:
        return _unclosed(Part.COMMENT, "The comment is never closed: `#}` is missing", Span(start, start + 2), source)
    inner = source[start + 2 : end]
    before, after = inner.startswith("-"), inner.endswith("-")
    return Piece(Part.COMMENT, Span(start, end + 2), trims_before=before, trims_after=after)


def _raw(source: str, opening: re.Match[str]) -> Piece:
    word = opening[2]
    closing = re.compile(rf"\{{%-?\s*end{word}\s*(-?)%\}}").search(source, opening.end())
    if closing is None:
        message = f"`{{% {word} %}}` is never closed: `{{% end{word} %}}` is missing"
        return _unclosed(Part.RAW, message, Span(*opening.span()), source)
    text = source[opening.end() : closing.start()]
    text = text.lstrip() if opening[0].endswith("-%}") else text
    text = text.rstrip() if closing[0].startswith("{%-") else text
    span = Span(opening.start(), closing.end())
    return Piece(Part.RAW, span, text, trims_before=bool(opening[1]), trims_after=bool(closing[1]))


def _unclosed(part: Part, message: str, opening: Span, source: str) -> Piece:
    """A piece that takes the rest of the template, because it is not known where it was meant to end."""
    return Piece(part, Span(opening.start, len(source)), problem=ProblemError(message, opening))


class _Tag:
    """Reads one `{{ ... }}` or `{% ... %}`."""

    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.start = start
        self.part = Part.OUTPUT if source[start + 1] == "{" else Part.TAG
        self.position = start + 2
        self.tokens: list[Token] = []
        self.brackets: list[Token] = []

    def read(self) -> Piece:
        trims_before = self._opens_with_trim()
        try:
            closing = self._fill()
        except ProblemError as problem:
            return Piece(self.part, Span(self.start, self._recovery()), problem=problem)
        self.tokens.append(Token(Kind.END, closing[0], Span(*closing.span())))
        span = Span(self.start, closing.end())
        return Piece(
            self.part, span, tokens=tuple(self.tokens), trims_before=trims_before, trims_after=bool(closing[1])
        )

    def _opens_with_trim(self) -> bool:
        # `{{-1}}` is a negative number; only a dash that is followed by a blank trims.
        following = self.source[self.position : self.position + 2]
        if not (following[:1] == "-" and following[1:].isspace()):
            return False
        self.position += 1
        return True

    def _recovery(self) -> int:
        """Where reading can go on after a problem: behind the closing delimiter that follows, else nowhere."""
        delimiter = "}}" if self.part is Part.OUTPUT else "%}"
        end = self.source.find(delimiter, max(self.start + 2, self.position - 1))
        return end + 2 if end >= 0 else len(self.source)

    def _fill(self) -> re.Match[str]:
        """Read tokens up to the closing delimiter, which is returned."""
        while True:
            self._skip_space()
            if not self.brackets and (closing := _CLOSING[self.part].match(self.source, self.position)):
                return closing
            if self.position >= len(self.source):
                raise self._unclosed()
            self._token()

    def _skip_space(self) -> None:
        space = _SPACE.match(self.source, self.position)
        self.position = space.end() if space else self.position

    def _unclosed(self) -> ProblemError:
        if self.brackets:
            opening = self.brackets[-1]
            return ProblemError(f"`{opening.text}` is never closed", opening.span)
        opened, closed = ("{{", "}}") if self.part is Part.OUTPUT else ("{%", "%}")
        return ProblemError(f"`{opened}` is never closed: `{closed}` is missing", Span(self.start, self.start + 2))

    def _token(self) -> None:
        match = _TOKEN.match(self.source, self.position)
        if match is None or match.lastgroup is None:
            raise self._unreadable()
        kind = Kind[match.lastgroup]
        if kind is Kind.QUOTE:
            self._quoted()
            return
        text = _unescape(match[0]) if kind is Kind.STRING else match[0]
        token = Token(kind, text, Span(*match.span()))
        if kind is Kind.PUNCTUATION:
            self._balance(token)
        self._add(token)

    def _unreadable(self) -> ProblemError:
        character = self.source[self.position]
        span = Span(self.position, self.position + 1)
        if character == "'":
            return ProblemError("The text is never closed: `'` is missing", span)
        return ProblemError(f"Unexpected character `{character}`", span)

    def _add(self, token: Token) -> None:
        self.tokens.append(token)
        self.position = token.span.end

    def _balance(self, token: Token) -> None:
        if token.text in _PAIRS:
            self.brackets.append(token)
        elif token.text in ")]}":
            if not self.brackets:
                raise ProblemError(f"Unexpected `{token.text}`", token.span)
            opening = self.brackets.pop()
            if _PAIRS[opening.text] != token.text:
                expected = _PAIRS[opening.text]
                raise ProblemError(
                    f"Expected `{expected}` to close `{opening.text}` but found `{token.text}`", token.span
                )

    def _quoted(self) -> None:
        """Text in double quotes: a STRING when it is plain, else QUOTE, its parts, QUOTE."""
        start = self.position
        text = _QUOTED.match(self.source, start + 1)
        end = text.end() if text else start + 1
        if self.source.startswith('"', end):
            self._add(Token(Kind.STRING, _unescape(self.source[start : end + 1]), Span(start, end + 1)))
            return
        self._add(Token(Kind.QUOTE, '"', Span(start, start + 1)))
        while not self.source.startswith('"', self.position):
            self._part_of_quoted(start)
        self._add(Token(Kind.QUOTE, '"', Span(self.position, self.position + 1)))

    def _part_of_quoted(self, start: int) -> None:
        text = _QUOTED.match(self.source, self.position)
        if text:
            self._add(Token(Kind.STRING, _unescape(f'"{text[0]}"'), Span(*text.span())))
        elif self.source.startswith("#{", self.position):
            self._interpolation()
        else:
            raise ProblemError('The text is never closed: `"` is missing', Span(start, start + 1))

    def _interpolation(self) -> None:
        opening = Token(Kind.INTERPOLATION, "#{", Span(self.position, self.position + 2))
        self._add(opening)
        self.brackets.append(opening)
        depth = len(self.brackets)
        if depth > _DEEPEST:
            raise ProblemError("The expression is nested too deeply", opening.span)
        while len(self.brackets) >= depth:
            self._skip_space()
            if self.position >= len(self.source):
                raise self._unclosed()
            self._token()


def _unescape(quoted: str) -> str:
    """The text inside the quotes; a backslash only escapes itself and the quote around."""
    inner = quoted[1:-1]
    if "\\" not in inner:
        return inner
    return re.sub(r"\\([\\" + quoted[0] + "])", r"\1", inner)
