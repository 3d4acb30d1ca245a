"""What a call gives the inputs of the flow that it calls: the kind of every value, and the value where it is plain."""

from __future__ import annotations

from typing import NamedTuple

from gitops.lint.facts.fixed import is_fixed

EXPRESSION, TEXT, NUMBER, BOOLEAN, LIST, MAPPING, NOTHING = (
    "expression",
    "text",
    "number",
    "boolean",
    "list",
    "mapping",
    "nothing",
)
"""The kinds."""

_LONGEST = 200


class Given(NamedTuple):
    """The value for one input.

    `value` is None for what is no plain value, and also for texts that are long or may be a secret: facts are kept.
    """

    name: str
    kind: str
    value: str | int | float | bool | None = None


def given(inputs: object) -> tuple[Given, ...] | None:
    """The values of a call's `inputs`; None when an expression decides which there are."""
    if inputs is None:
        return ()
    if not isinstance(inputs, dict) or not all(map(is_fixed, inputs)):
        return None
    return tuple(_given(name, value) for name, value in inputs.items())


def _given(name: str, value: object) -> Given:
    kind = _kind(value)
    if kind == TEXT:
        return Given(name, kind, _kept(name, str(value)))
    return Given(name, kind, value if isinstance(value, bool | int | float) else None)


def _kind(value: object) -> str:
    if isinstance(value, str):
        return TEXT if is_fixed(value) else EXPRESSION
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int | float):
        return NUMBER
    return NOTHING if value is None else LIST if isinstance(value, list) else MAPPING


def _kept(name: str, text: str) -> str | None:
    from gitops.lint.masking import is_secret  # facts that are known mask nothing

    return None if len(text) > _LONGEST or is_secret(name) else text
