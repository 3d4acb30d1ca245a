"""What an editor shows about the word under the cursor."""

from __future__ import annotations

from lsprotocol import types

from gitops.language.position import Path
from gitops.lint.lookup import value_at
from gitops.lsp import pages
from gitops.lsp.around import Around
from gitops.lsp.documents import OpenDocument
from gitops.lsp.expression_words import word_at
from gitops.lsp.flow_names import named
from gitops.lsp.sites import Site, site

_NAMES = ("flowId", "namespace")
_CRON = "cron"


def hover(document: OpenDocument, offset: int, around: Around) -> types.Hover | None:
    """What is known of the word at an offset; None when that is nothing."""
    if not document.begins_flow:
        return None
    spot = document.reading.spot(offset)
    if spot.within is None or not spot.path:
        return None
    word = word_at(document, spot, around)
    if spot.key:
        page = _of_input(document, spot.path, around) or _of_key(document, spot.path)
    else:
        page = _of_value(document, spot.path, around)
    if word is not None:
        page, within = word
        place = document.place(spot.path, key=spot.key, within=within)
    else:
        place = document.place(spot.path, key=spot.key)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, page), place) if page else None


def _of_input(document: OpenDocument, path: Path, around: Around) -> str:
    """An input of the flow that a task calls, where the task gives it a value."""
    holder = value_at(document.reading.data, path[:-2])
    name = (
        named(document.subject, path[:-2], holder) if path[-2:-1] == ("inputs",) and isinstance(holder, dict) else None
    )
    called = around.survey.find(*name.flow) if name is not None else None
    return next((pages.of_input(each) for each in (called.inputs if called else ()) if each.id == path[-1]), "")


def _of_key(document: OpenDocument, path: Path) -> str:
    here = site(document.kinds, document.reading.data, path)
    return pages.of_property(document.kinds, str(path[-1]), here) if here.written else ""


def _of_value(document: OpenDocument, path: Path, around: Around) -> str:
    data = document.reading.data
    value = value_at(data, path)
    here = site(document.kinds, data, path)
    if not isinstance(value, str):
        return _of_key(document, path) if isinstance(path[-1], str) else ""
    if path[-1] == "type":
        holder = site(document.kinds, data, path[:-1])
        found = (pages.of_type(document.kinds, union, value) for union in holder.unions)
        return next((page for page in found if page), "")
    if path[-1] in _NAMES and len(path) > 1:
        return _of_flow(value_at(data, path[:-1]), around)
    if path[-1] == _CRON or _has_format(here, _CRON):
        return _in_words(value)
    return _of_key(document, path) if _is_choice(here, value) else ""


def _of_flow(holder: object, around: Around) -> str:
    names = [holder.get(name) for name in ("namespace", "flowId")] if isinstance(holder, dict) else []
    namespace, flow = (name if isinstance(name, str) else None for name in (*names, None, None)[:2])
    facts = around.survey.find(namespace, flow)
    return pages.of_flow(facts, around.survey.flows[namespace or "", flow or ""]) if facts else ""


def _has_format(here: Site, name: str) -> bool:
    return any(schema.get("x-format") == name for schema in (*here.written, *here.plain))


def _is_choice(here: Site, value: str) -> bool:
    return any(value in choices for schema in here.plain if isinstance(choices := schema.get("enum"), list))


def _in_words(cron: str) -> str:
    """A cron expression in words; nothing when it is none."""
    from datetime import UTC, datetime

    from cronsim import CronSim, CronSimError

    try:
        return CronSim(cron, datetime.now(UTC)).explain()
    except (CronSimError, ValueError):
        return ""
