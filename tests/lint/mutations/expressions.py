"""Expressions that do not say what their author meant."""

from __future__ import annotations

import re

from tests.lint.mutations.mutation import Original, Spoilt, way

_QUOTED = r"^(\s*(?:- )?[\w.-]+: )\"(\{\{[^\"']*\}\}[^\"']*)\"\s*$"


@way
def expression_without_quotes(flow: Original) -> Spoilt | None:
    """The quotes around an expression are gone."""
    found = flow.first(_QUOTED)
    return found and flow.change(found[0], _QUOTED, r"\1\2" + "\n", found[0] + 1)


@way
def quote_not_closed(flow: Original) -> Spoilt | None:
    """The second quote of a value is missing."""
    found = flow.first(r"^(\s*(?:- )?[\w.-]+: )\"[^\"]*\"\s*$")
    if found is None or '"' in "".join(flow.lines[found[0] :]):
        return None
    return flow.change(found[0], r"\"(\s*)$", r"\1", *range(found[0], len(flow.lines) + 2))


@way
def expression_not_closed(flow: Original) -> Spoilt | None:
    """One of the two last braces is missing."""
    found = flow.first(r"\{\{[^{}]*\}\}")
    return found and flow.change(found[0], r"(\{\{[^{}]*\})\}", r"\1", *_block(flow, found[0]))


@way
def operator_without_an_operand(flow: Original) -> Spoilt | None:
    """`{{ a + }}`."""
    found = flow.first(r"\{\{[^{}]*\}\}")
    return found and flow.change(found[0], r"(\{\{[^{}]*?)\s*\}\}", r"\1 + }}")


@way
def misspelt_filter(flow: Original) -> Spoilt | None:
    """`| uppr`."""
    found = flow.first(r"\{\{[^{}]*\}\}")
    return found and flow.change(found[0], r"(\{\{[^{}]*?)\s*\}\}", r"\1 | uppr }}")


@way
def misspelt_function(flow: Original) -> Spoilt | None:
    """`{{ nwo() }}`."""
    found = flow.first(r"\{\{[^{}]*\}\}")
    return found and flow.change(found[0], r"\{\{[^{}]*\}\}", "{{ nwo() }}")


@way
def too_many_arguments(flow: Original) -> Spoilt | None:
    """`| upper(1, 2, 3)`."""
    found = flow.first(r"\{\{[^{}]*\}\}")
    return found and flow.change(found[0], r"(\{\{[^{}]*?)\s*\}\}", r"\1 | upper(1, 2, 3) }}")


@way
def misspelt_root(flow: Original) -> Spoilt | None:
    """`{{ output.x }}` or `{{ input.x }}`."""
    found = flow.first(r"\{\{ *(inputs|outputs|vars)\.")
    return found and flow.change(found[0], r"(\{\{ *)(input|output|var)s\.", r"\1\2.")


@way
def misspelt_output(flow: Original) -> Spoilt | None:
    """`outputs.gret.value`."""
    found = flow.first(r"\{\{ *outputs\.\w+")
    return found and flow.change(found[0], r"(\{\{ *outputs\.\w+)", r"\1x")


@way
def misspelt_input(flow: Original) -> Spoilt | None:
    """`inputs.dya`."""
    found = flow.first(r"\{\{ *inputs\.\w+")
    return found and flow.change(found[0], r"(\{\{ *inputs\.\w+)", r"\1x")


@way
def misspelt_variable(flow: Original) -> Spoilt | None:
    """`vars.taget`."""
    found = flow.first(r"\{\{ *vars\.\w+")
    return found and flow.change(found[0], r"(\{\{ *vars\.\w+)", r"\1x")


@way
def misspelt_property_of_an_output(flow: Original) -> Spoilt | None:
    """`outputs.call.bdy`, where the type of the task says what there is."""
    for number, match in flow.find(r"outputs\.(\w+)\.(\w+)"):
        task = next((task for task in flow.outline.tasks if task.id == match[1]), None)
        if (
            task
            and len(task.path) == 2
            and (task.type or "").endswith(("core.http.Request", "core.debug.Return", "core.output.OutputValues"))
        ):
            return flow.change(number, r"(outputs\.\w+\.)\w+", r"\1bdy")
    return None


@way
def input_deleted(flow: Original) -> Spoilt | None:
    """An input is deleted that an expression needs."""
    item = flow.input
    uses = [number for number, _ in flow.find(rf"\binputs\.{re.escape(item.id or '')}\b")] if item else []
    if item is None or not uses or len(flow.outline.inputs) < 2 or "nputs: []" in flow.source:
        return None
    first, end = flow.line(item.path, key=False), flow.document.span(item.path).end_line
    following = [
        flow.line(other.path, key=False) for other in flow.outline.inputs if flow.line(other.path, key=False) > first
    ]
    return flow.without(first, (following[0] if following else end + 1) - 1, *uses)


@way
def input_renamed(flow: Original) -> Spoilt | None:
    """An input has another id than the expressions say."""
    item = flow.input
    uses = [number for number, _ in flow.find(rf"\binputs\.{re.escape(item.id or '')}\b")] if item else []
    if item is None or not uses:
        return None
    return flow.change(flow.line((*item.path, "id")), r"id: .*", f"id: {item.id}Renamed", *uses)


@way
def task_renamed(flow: Original) -> Spoilt | None:
    """A task has another id than the expressions say."""
    for task in flow.outline.tasks:
        uses = [number for number, _ in flow.find(rf"\boutputs\.{re.escape(task.id or '-')}\b")]
        if uses:
            return flow.change(flow.line((*task.path, "id")), r"id: .*", f"id: {task.id}Renamed", *uses)
    return None


@way
def dash_in_a_path(flow: Original) -> Spoilt | None:
    """`outputs.my-task.value` subtracts."""
    for task in flow.outline.tasks:
        for number, _ in flow.find(rf"\boutputs\.{re.escape(task.id or '-')}\b"):
            return flow.change(number, rf"outputs\.{re.escape(task.id or '')}\b", "outputs.my-task")
    return None


@way
def expression_of_another_language(flow: Original) -> Spoilt | None:
    """`${{ inputs.day }}`."""
    found = flow.first(r": \"\{\{ *(inputs|outputs|vars|flow|execution)\.[^{}]*\}\}\"$")
    return found and flow.change(found[0], r"\{\{", "${{")


def _block(flow: Original, line: int) -> range:
    """The rest of the text that a line is in."""
    return range(line, len(flow.lines) + 2)
