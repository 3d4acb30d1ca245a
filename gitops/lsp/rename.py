"""Another name for something, wherever it is given or used."""

from __future__ import annotations

import re

from lsprotocol import types

from gitops.errors import InvalidUsage
from gitops.language.expression.tree import Span as Stretch
from gitops.language.quoting import quote
from gitops.lint.lookup import value_at
from gitops.lint.making import Place
from gitops.lsp.around import Around
from gitops.lsp.documents import OpenDocument
from gitops.lsp.navigation import everywhere
from gitops.lsp.sites import site
from gitops.lsp.symbols import Kind, Occurrence, Symbol, at, occurrences

_PLAIN = re.compile(r"[A-Za-z_]\w*")
_VARIABLE = re.compile(r"[A-Za-z_][\w-]*")
_QUOTES = "'\""
_UNQUOTED = re.compile(r"[A-Za-z0-9_][\w.-]*")
_READ_AS_OTHERS = re.compile(r"(?i:true|false|yes|no|on|off|null|~|[-+.\d_e]+|0x[\da-f]+)")


class Refusal(InvalidUsage):
    """Why something cannot be called so."""


def renamable(document: OpenDocument, offset: int, _around: Around) -> types.PrepareRenamePlaceholder | None:
    """The name at an offset, when it is one that can be changed here."""
    here = at(document.subject, offset)
    if here is None:
        return None
    return types.PrepareRenamePlaceholder(_place(document, here), here.symbol.name)


def rename(document: OpenDocument, offset: int, around: Around, name: str) -> types.WorkspaceEdit | None:
    """The edits that give another name; raises Refusal for a name that cannot be given."""
    here = at(document.subject, offset)
    if here is None:
        return None
    found = list(everywhere(document, here.symbol, around))
    for other, occurrence in found:
        if occurrence.gives:
            _check(other, occurrence, name)
    changes: dict[str, list[types.TextEdit]] = {}
    for other, occurrence in found:
        changes.setdefault(other.uri, []).append(_edit(other, occurrence, name))
    return types.WorkspaceEdit(changes=changes)


def _check(document: OpenDocument, occurrence: Occurrence, name: str) -> None:
    """Refuse a name that the schema does not allow here, or that something else of this kind has."""
    symbol = occurrence.symbol
    if symbol.kind is Kind.VARIABLE:
        allowed = _VARIABLE.fullmatch(name) is not None
        _refuse_unless(allowed, f"a variable cannot be called {quote(name)}: letters, digits, `_` and `-` are possible")
    for schema in site(document.kinds, document.reading.data, occurrence.path).plain:
        pattern, most = schema.get("pattern"), schema.get("maxLength")
        fits = not isinstance(pattern, str) or re.search(pattern.replace("$", r"\Z"), name) is not None
        fits = fits and (not isinstance(most, int) or len(name) <= most)
        expected = schema.get("patternErrorMessage") or pattern
        _refuse_unless(fits, f"{quote(name)} is no id of {_article(symbol)}: expected {expected}")
    taken = name != symbol.name and any(
        each.gives and each.symbol == symbol._replace(name=name) for each in occurrences(document.subject)
    )
    _refuse_unless(not taken, f"there is {_article(symbol)} {quote(name)} already")


def _article(symbol: Symbol) -> str:
    return f"{'an' if symbol.kind.value[0] in 'aeiou' else 'a'} {symbol.kind.value}"


def _refuse_unless(fits: bool, sentence: str) -> None:
    if not fits:
        raise Refusal(sentence)


def _edit(document: OpenDocument, occurrence: Occurrence, name: str) -> types.TextEdit:
    if occurrence.within is None:
        return types.TextEdit(_place(document, occurrence), _as_yaml(document, occurrence, name))
    return _in_expression(document, occurrence, name)


def _as_yaml(document: OpenDocument, occurrence: Occurrence, name: str) -> str:
    """The name as the value or the key that it is: in the quotes of the old one, or in new ones where it needs them."""
    written = _written(document, occurrence)
    mark = written[:1] if written[:1] in _QUOTES else ""
    if mark or (_UNQUOTED.fullmatch(name) and not _READ_AS_OTHERS.fullmatch(name)):
        return f"{mark}{name}{mark}"
    return f'"{name}"'


def _in_expression(document: OpenDocument, occurrence: Occurrence, name: str) -> types.TextEdit:
    """The name as steps of a path: behind dots where it may stand there, else in brackets and quotes."""
    text = _value(document, occurrence)
    first, last = occurrence.steps[0], occurrence.steps[-1]
    opening = len(text[: first.start].rstrip()) - 1
    if first is last and text[opening] == "[":
        return _over(document, occurrence, Stretch(first.start + 1, first.end - 1), name)
    if first is last and _PLAIN.fullmatch(name):
        return _over(document, occurrence, first, name)
    end = last.end
    if text[: last.start].rstrip().endswith("["):
        end = text.index("]", end) + 1
    parts = name.split(".") if occurrence.symbol.kind is Kind.INPUT else [name]
    mark = '"' if _written(document, occurrence).startswith("'") else "'"
    path = "".join(f".{part}" if _PLAIN.fullmatch(part) else f"[{mark}{part}{mark}]" for part in parts)
    return _over(document, occurrence, Stretch(opening, end), path)


def _value(document: OpenDocument, occurrence: Occurrence) -> str:
    """The text that a name stands in: the value at its path, or the key."""
    value = occurrence.path[-1] if occurrence.key else value_at(document.reading.data, occurrence.path)
    return str(value)


def _written(document: OpenDocument, occurrence: Occurrence) -> str:
    """That text as the source has it, with its quotes."""
    return document.offsets.of(Place(occurrence.path, occurrence.key).span(document.reading))


def _over(document: OpenDocument, occurrence: Occurrence, within: Stretch, text: str) -> types.TextEdit:
    return types.TextEdit(document.place(occurrence.path, key=occurrence.key, within=within), text)


def _place(document: OpenDocument, occurrence: Occurrence) -> types.Range:
    return document.place(occurrence.path, key=occurrence.key, within=occurrence.within)
