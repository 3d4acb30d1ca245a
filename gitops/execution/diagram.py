"""The page of the states, drawn from the table of moves, so that the two cannot disagree."""

from __future__ import annotations

from gitops.execution.state import MOVES, State

_HEAD = """\
# States

Generated from `MOVES` in `gitops/execution/state.py`; `make generate` writes it anew.

Executions and task runs share these states. A state without a way out is an end; only FAILED has one, for a restart.

```mermaid
stateDiagram-v2
    [*] --> CREATED
"""


def states_page() -> str:
    """The page as Markdown: a diagram, and the same as a table."""
    arrows = [f"    {before} --> {after}" for before in State for after in _in_order(before)]
    ends = [f"    {state} --> [*]" for state in State if state.ended]
    rows = [f"| {state} | {', '.join(_in_order(state)) or 'nothing'} |" for state in State]
    table = ["", "| state | may be followed by |", "|---|---|", *rows]
    return _HEAD + "\n".join([*arrows, *ends, "```", *table]) + "\n"


def _in_order(state: State) -> list[State]:
    return [after for after in State if after in MOVES[state]]
