"""The words about types and properties that editors show and that the reference pages hold, in Markdown."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gitops.language.formats import FORMATS
from gitops.language.model import Kind

Schema = Mapping[str, Any]

_MOST_CHOICES = 12
_LONGEST_DEFAULT = 60


def sentence(kind: type[Kind]) -> str:
    """What a type is, in one sentence."""
    return explanation(kind).partition("\n\n")[0]


def explanation(kind: type[Kind]) -> str:
    """Everything that the docstring of a type says; each paragraph is one line."""
    paragraphs = (inspect.getdoc(kind) or "").split("\n\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)


def example(kind: type[Kind]) -> str:
    """The flow that shows a type, from the docstring of its module; empty when there is none."""
    module = inspect.getdoc(sys.modules[kind.__module__]) or ""
    return inspect.cleandoc(module.partition("## Example\n")[2])


def notes(kind: type[Kind]) -> list[str]:
    """What is special about a type: that it is deprecated, not available, gone in the V2 language, or has old names."""
    names = ", ".join(f"`{alias}`" for alias in kind.ALIASES)
    said = {
        f"**(deprecated)** {kind.DEPRECATED}.": kind.DEPRECATED is not None,
        "**Not available**: this version does not act on it, and refuses to deploy flows that hold it.": (
            not kind.AVAILABLE
        ),
        "The V2 language does not have it.": kind.REMOVED,
        f"Old {'name' if len(kind.ALIASES) == 1 else 'names'}: {names}.": bool(names),
    }
    return [text for text, holds in said.items() if holds]


def type_markdown(kind: type[Kind], words: str) -> str:
    """What an editor shows of a type: words about it, its notes and its example."""
    shown = example(kind)
    return "\n\n".join([words, *notes(kind), *([f"```yaml\n{shown}\n```"] if shown else [])])


def property_markdown(schema: Schema, real: Schema) -> str:
    """What an editor shows of a property; `real` is the schema of its values that hold no expression."""
    if schema.get("doNotSuggest"):
        return str(schema["deprecationMessage"])
    text = str(schema.get("description") or real.get("description") or "")
    facts = ". ".join(_facts(schema, real))
    warning = f"**(deprecated)** {schema['deprecationMessage']}." if "deprecationMessage" in schema else ""
    return "\n\n".join(part for part in (text, f"{facts}." if facts else "", warning) if part)


def _facts(schema: Schema, real: Schema) -> Iterator[str]:
    choices = real.get("enum", ())
    form = FORMATS.get(str(real.get("x-format")))
    if 1 < len(choices) <= _MOST_CHOICES:
        yield f"One of {_listed(choices)}"
    if form:
        yield f"Value: {form.words}"
    default = json.dumps(schema.get("default"), ensure_ascii=False)
    if "default" in schema and len(default) < _LONGEST_DEFAULT:
        yield f"Default: `{default.strip(chr(34))}`"
    if "x-templated" in schema:
        yield "Expressions are rendered"
    if "x-unavailable" in schema:
        yield "Not available in this version"


def _listed(values: Iterable[object]) -> str:
    return ", ".join(f"`{value}`" for value in values)
