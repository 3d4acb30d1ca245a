"""What somebody outside may choose: inputs by what their kind lets through, bodies of webhooks, answers of servers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gitops.language.outline import Outline
from gitops.language.position import Path
from gitops.lint.expressions.references import FILTER, Called, Reading, Reference, read, root_is

_FREE = frozenset(("STRING", "JSON", "YAML", "URI", "SECRET", "EMAIL", "ARRAY", "FORM", None))
"""The kinds of inputs that may hold any text. Numbers, dates, choices and the like cannot do harm."""
_CHOICES = frozenset(("SELECT", "MULTISELECT", "ENUM"))
_WEBHOOK = "io.kestra.plugin.core.trigger.Webhook"
_OF_WEBHOOKS = frozenset(("body", "headers", "parameters", "path"))
_SAFE_FILTERS = frozenset(
    (
        "number",
        "length",
        "slugify",
        "md5",
        "sha1",
        "sha256",
        "sha512",
        "base64encode",
        "urlencode",
        "escapeChar",
        "date",
    )
)
_REQUEST = "io.kestra.plugin.core.http.Request"
_OF_REQUESTS = frozenset(("body", "headers"))


class Source(NamedTuple):
    """Where a value comes from that somebody outside may choose: in words, and where that stands."""

    words: str
    path: Path


class Outside(NamedTuple):
    """What is known of a flow to tell where its values come from; types are today's."""

    outline: Outline
    types: Mapping[str, str]
    """Task ids to types."""
    triggers: Mapping[str, Path]
    """Types of triggers to where the first of them stands."""
    data: Mapping[str, object]

    def source(self, reference: Reference, reading: Reading, *, deep: bool = True) -> Source | None:
        """Who may choose the value of a reference; None when nobody outside can, or it was made safe."""
        if reference.local or _is_made_safe(reference, reading.calls):
            return None
        found = self._of_input(reference) or self._of_trigger(reference) or self._of_request(reference)
        return found or (self._of_variable(reference) if deep else None)

    def _of_input(self, reference: Reference) -> Source | None:
        if not root_is(reference, "inputs") or len(reference.steps) < 2:
            return None
        item = next((item for item in self.outline.inputs if item.id == reference.steps[1]), None)
        data = None if item is None else _at(self.data, item.path)
        if item is None or not isinstance(data, dict) or not _is_free(item.type, data):
            return None
        return Source(f"the input `{item.id}`", item.path)

    def _of_trigger(self, reference: Reference) -> Source | None:
        webhook = self.triggers.get(_WEBHOOK)
        if webhook is None or reference.steps[0] != "trigger" or len(reference.steps) < 2:
            return None
        return Source("the webhook", webhook) if reference.steps[1] in _OF_WEBHOOKS else None

    def _of_request(self, reference: Reference) -> Source | None:
        steps = reference.steps
        if not root_is(reference, "outputs") or len(steps) < 3 or self.types.get(str(steps[1])) != _REQUEST:
            return None
        task = next(task for task in self.outline.tasks if task.id == steps[1])
        return Source(f"the answer of `{task.id}`", task.path) if steps[2] in _OF_REQUESTS else None

    def _of_variable(self, reference: Reference) -> Source | None:
        variables = self.data.get("variables")
        if not root_is(reference, "vars") or len(reference.steps) < 2 or not isinstance(variables, dict):
            return None
        text = variables.get(reference.steps[1])
        if not isinstance(text, str) or "{{" not in text:
            return None
        inner = read(text)
        sources = (self.source(each, inner, deep=False) for each in inner.references)
        return next((source for source in sources if source is not None), None)


def _is_free(kind: str | None, data: Mapping[str, object]) -> bool:
    """Whether an input may hold a text that means something to a shell or a database."""
    if kind in _CHOICES:
        return bool(data.get("allowCustomValue"))
    if kind == "ARRAY" and data.get("itemType") not in _FREE:
        return False
    validator = data.get("validator")
    return kind in _FREE and not (isinstance(validator, str) and _is_narrow(validator))


def _is_narrow(validator: str) -> bool:
    """Whether a pattern lets no sign through that means something to a shell: no dot, and no class of what is not."""
    return re.search(r"(?<!\\)\.|\[\^|\\[SDW]|[;&|`$<>'\"]", validator.removesuffix("$")) is None


def _is_made_safe(reference: Reference, calls: tuple[Called, ...]) -> bool:
    return any(
        called.kind == FILTER
        and called.name in _SAFE_FILTERS
        and called.target is not None
        and called.target.span.start <= reference.span.start
        and reference.span.end <= called.target.span.end
        for called in calls
    )


def _at(value: object, path: Path) -> object:
    for step in path:
        value = value[step]  # type: ignore[index]  # the path is of this data
    return value
