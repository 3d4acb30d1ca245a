"""Within expressions: variables and what is behind them, functions, filters, tests and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from gitops.lint.expressions.references import FILTER, FUNCTION, TEST
from gitops.lsp.completion.begun import Begun, Want
from gitops.lsp.completion.offers import Offer, Rank
from gitops.lsp.completion.view import View
from gitops.lsp.functions import WORDS, call, says
from gitops.lsp.known import Knowledge
from gitops.lsp.variables import Known

_TAGS = {
    "if": "if $1 %}$0{% endif %}",
    "for": "for ${1:item} in $2 %}$0{% endfor %}",
    "set": "set ${1:name} = $2 %}",
    "elseif": "elseif $1 %}",
    "else": "else %}",
}
_CLOSED = re.compile(r"-?%\}")
_PLAIN = re.compile(r"[A-Za-z_]\w*")
_KINDS = {FILTER: types.CompletionItemKind.Method, TEST: types.CompletionItemKind.Operator}
_WORDS = {Want.FILTER: FILTER, Want.TEST: TEST}


def offers(view: View, begun: Begun, end: int) -> Iterator[Offer]:
    """What may be written in the expression; `end` is where the word that is begun ends."""
    rest = view.behind(end)
    knowledge = Knowledge(view.subject, view.slot.path, view.survey)
    if begun.want in (Want.NAME, Want.MEMBER):
        yield from (_of_known(view, begun, each) for each in knowledge.behind(begun.steps))
    if begun.want is Want.NAME:
        yield from _words(FUNCTION, rest)
    if begun.want in _WORDS:
        yield from _words(_WORDS[begun.want], rest)
    if begun.want is Want.TAG:
        for name, text in _TAGS.items():
            short = _CLOSED.search(rest) is not None
            yield Offer(name, name if short else text, types.CompletionItemKind.Keyword)


def _of_known(view: View, begun: Begun, known: Known) -> Offer:
    kind = types.CompletionItemKind.Field if begun.steps else types.CompletionItemKind.Variable
    rank = Rank.FITTING if known.likely else Rank.POSSIBLE
    offer = Offer(known.name, None, kind, known.kind or None, known.page, rank)
    if begun.want is Want.NAME or begun.quote or _PLAIN.fullmatch(known.name):
        return offer
    return offer._replace(text=_in_brackets(view, begun, known.name), before=_dot(view, begun))


def _in_brackets(view: View, begun: Begun, name: str) -> str:
    """A step that cannot stand behind a dot."""
    mark = '"' if view.document.text[view.slot.line : begun.start].partition(":")[2].lstrip().startswith("'") else "'"
    return f"[{mark}{name}{mark}]"


def _dot(view: View, begun: Begun) -> int:
    """How many characters before what was begun are replaced with it: the dot, and the blanks around it."""
    before = view.document.text[: begun.start].rstrip()
    return begun.start - len(before) + 1 if before.endswith(".") else 0


def _words(kind: str, rest: str) -> Iterator[Offer]:
    for name, word in WORDS[kind].items():
        text = name
        if not rest.startswith("("):
            text = f"{name}($1)" if word.required or word.takes_more else f"{name}()" if kind == FUNCTION else name
        icon = _KINDS.get(kind, types.CompletionItemKind.Function)
        yield Offer(name, text, icon, call(kind, name), says(kind, name), Rank.USUAL)
