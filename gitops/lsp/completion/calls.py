"""Names of other flows: namespaces, ids, and the inputs that a called flow asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from lsprotocol import types

from gitops.language.position import Path
from gitops.lint.facts.calls import CALLING
from gitops.lint.facts.facts import Facts
from gitops.lint.facts.interface import inputs
from gitops.lint.lookup import value_at
from gitops.lsp.completion.offers import Offer, Rank
from gitops.lsp.completion.view import View

_INPUTS, _TRIGGERS = "inputs", "triggers"


def given_inputs(view: View, path: Path, there: set[str]) -> Iterator[Offer]:
    """The inputs of the flow that a task calls, where the task gives them; those of the own flow in its triggers."""
    if path[-1:] != (_INPUTS,) or len(path) == 1:
        return
    called = _called(view, path[:-1])
    own = inputs(view.subject) if path[0] == _TRIGGERS else ()
    for item in called.inputs if called else own:
        if item.id not in there:
            detail = f"{item.type or 'input'}{', required' if item.needed else ''}"
            rank = Rank.NEEDED if item.needed else Rank.FITTING
            yield Offer(item.id, f"{item.id}: $0", types.CompletionItemKind.Property, detail, rank=rank)


def names(view: View, path: Path) -> Iterator[Offer]:
    """Namespaces and ids of flows, where a property asks for one."""
    asked = path[-1:]
    if path == ("id",):
        yield Offer(PurePosixPath(view.document.path).stem, kind=types.CompletionItemKind.Reference, detail="the file")
    elif asked == ("namespace",):
        near = set(_neighbours(view)) if len(path) == 1 else set()
        for namespace in view.survey.namespaces():
            rank = Rank.NEEDED if namespace in near else Rank.FITTING
            yield Offer(namespace, kind=types.CompletionItemKind.Module, detail="namespace", rank=rank)
    elif asked == ("flowId",):
        wanted = value_at(view.data, (*path[:-1], "namespace"))
        for own, flow in view.survey.flows:
            if not isinstance(wanted, str) or "{{" in wanted or own == wanted:
                yield Offer(flow, kind=types.CompletionItemKind.Reference, detail=own)


def _neighbours(view: View) -> Iterator[str]:
    """The namespaces of the flows in the same folder."""
    folder = PurePosixPath(view.document.path).parent
    for path, facts in view.survey.facts.items():
        if facts.namespace is not None and PurePosixPath(path).parent == folder:
            yield facts.namespace


def _called(view: View, path: Path) -> Facts | None:
    task = view.at(path)
    if not isinstance(task, dict) or view.document.kinds.today(str(task.get("type"))) not in CALLING:
        return None
    return view.survey.find(_text(task.get("namespace")), _text(task.get("flowId")))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
