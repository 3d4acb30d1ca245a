"""What an editor shows about a type, a property, a flow or a rule: short pages of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from gitops.lint.addresses import page_address
from gitops.lint.facts.facts import Facts
from gitops.lint.facts.interface import InputFact
from gitops.lint.rule import load
from gitops.lint.rules.table import RULES
from gitops.lint.schema.acceptance import accepted
from gitops.lint.schema.kinds import Kinds, Schema, today
from gitops.lsp.sites import Site, documentation, type_pages

_OUTPUTS = "x-outputs"
_SECTIONS = ("What it does", "Why it matters")


def of_type(kinds: Kinds, union: Schema, name: str) -> str:
    """A type of a union: what it does, its outputs, an example."""
    now = today(union, name)
    leaf = kinds.leaf(union, now)
    if leaf is None:
        return ""
    page = dict(type_pages(union)).get(now) or str(leaf.get("markdownDescription", ""))
    said, fence, example = page.partition("```yaml")
    parts = [f"**{now}**", said.strip(), outputs(leaf), f"{fence}{example}"]
    return "\n\n".join(part for part in parts if part)


def of_property(kinds: Kinds, name: str, here: Site) -> str:
    """A property: what it accepts, and what it is for."""
    page = documentation(kinds, here.written)
    kind = next((accepted(kinds.resolve(written)) for written in here.written), "")
    return "\n\n".join(part for part in (f"`{name}`: {kind}" if kind else f"`{name}`", page) if part)


def outputs(leaf: Schema) -> str:
    """The outputs of a type, a line for each."""
    known = cast("Mapping[str, Schema]", leaf.get(_OUTPUTS, {}))
    lines = [f"- `{name}`: {output(schema)}" for name, schema in known.items()]
    return "\n".join(["Outputs:", "", *lines]) if lines else ""


def output(schema: Schema) -> str:
    """The type of an output, and what it is."""
    said = str(schema.get("description", ""))
    return ". ".join(part for part in (accepted(schema), said) if part)


def of_flow(facts: Facts, path: str) -> str:
    """A flow: where it stands, what it asks for and what it hands out."""
    lines = [f"**{facts.id}** in `{facts.namespace}`", "", f"`{path}`", *_listed("Inputs", map(of_input, facts.inputs))]
    lines += _listed("Outputs", (f"`{each.id}`: {each.type or 'any'}" for each in facts.outputs))
    return "\n".join(lines)


def of_input(fact: InputFact) -> str:
    """An input of a flow."""
    return f"`{fact.id}`: {fact.type or 'any'}{', required' if fact.needed else ''}"


def of_rule(name: str) -> str:
    """What a rule finds and why that matters; empty for what is no rule."""
    rule = RULES.get(name)
    if rule is None:
        return ""
    head, *sections = load(rule).page.split("\n## ")
    said = dict(section.split("\n", 1) for section in sections if "\n" in section)
    parts = (f"{name}: {head.strip()}", *(said.get(title, "").strip() for title in _SECTIONS), page_address(name) or "")
    return "\n\n".join(part for part in parts if part)


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"- {line}" for line in lines]
    if found:
        yield from ("", f"{title}:", "", *found)
