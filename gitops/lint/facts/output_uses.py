"""Which outputs of the flows that it calls a flow reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from gitops.language.position import Path
from gitops.lint.facts.calls import Call

if TYPE_CHECKING:
    from gitops.lint.expressions.references import Reference
    from gitops.lint.expressions.uses import Use
    from gitops.lint.subject import Subject

_OUTPUTS = "outputs"


class OutputUse(NamedTuple):
    """An output that is read without a thought of its absence: `outputs.<call>.outputs.<name>`.

    `start` and `end` are those of the name in the text at the path, or in its key.
    """

    path: Path
    call: str
    name: str
    start: int
    end: int
    key: bool = False


def output_uses(subject: Subject, calls: Collection[Call]) -> Iterator[OutputUse]:
    """Every such output of these calls."""
    tasks = {call.task for call in calls if call.single and call.task is not None}
    for use in subject.uses if tasks else ():
        if use.text.count(_OUTPUTS) > 1:
            yield from _of_text(use, tasks)


def _of_text(use: Use, tasks: Collection[str]) -> Iterator[OutputUse]:
    from gitops.lint.expressions.references import read, root_is  # facts that are known load no parser

    for reference in read(use.text).references:
        step = _name_step(reference)
        if root_is(reference, _OUTPUTS) and step is not None and reference.steps[1] in tasks and not reference.guarded:
            start, end = reference.step_spans[step]
            name = str(reference.steps[step])
            if use.text[start + 1 : end - 1] == name:
                start, end = start + 1, end - 1
            if use.text[end : end + 1] != "-":  # a name with a dash needs brackets, which is another mistake
                yield OutputUse(use.path, str(reference.steps[1]), name, start, end, use.key)


def _name_step(reference: Reference) -> int | None:
    """Where the name of the called flow's output is; in loops the values come between the task and its outputs."""
    places = (index for index, step in enumerate(reference.steps) if index > 1 and step == _OUTPUTS)
    step = next(places, len(reference.steps)) + 1
    return step if step < len(reference.steps) and isinstance(reference.steps[step], str) else None
