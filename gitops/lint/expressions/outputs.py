"""The types of outputs, as the schema of the task that gives them says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, cast

from gitops.lint.expressions.references import Steps
from gitops.lint.schema.kinds import Kinds, Schema, properties


class UnknownStep(NamedTuple):
    """A step that leads nowhere: its place among the steps, and what there is instead."""

    at: int
    choices: tuple[str, ...]


def outputs_of(kinds: Kinds, name: str) -> Mapping[str, Schema] | None:
    """The outputs of a type of task, each with its schema; None when they are not known."""
    known = kinds.find(name)
    if known is None or known.room != "Task" or "x-outputs" not in known.schema:
        return None
    return cast("Mapping[str, Schema]", known.schema["x-outputs"])


def unknown_step(kinds: Kinds, name: str, steps: Steps) -> UnknownStep | None:
    """The first of the steps into the outputs of a task that leads nowhere; None when all may lead somewhere."""
    schema: Schema = {"properties": outputs_of(kinds, name) or {}}
    for index, step in enumerate(steps):
        known = properties(schema)
        if step is None or not known or schema.get("additionalProperties"):
            return None
        if not isinstance(step, str) or step not in known:
            return UnknownStep(index, tuple(known))
        schema = kinds.resolve(known[step])
    return None
