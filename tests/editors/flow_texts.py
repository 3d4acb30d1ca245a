"""Texts of flows with a cursor in them, for asking an editor."""

from __future__ import annotations

import textwrap

HEAD = "id: asked\nnamespace: company.team\n"
_TASKS = "tasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: m\n"


def in_tasks(task: str) -> str:
    """A flow with one task; its lines begin at the left."""
    return f"{HEAD}tasks:\n{_item(task)}"


def in_list(name: str, item: str) -> str:
    """A flow with one item in a list beside `tasks`, such as a trigger or an input."""
    return f"{HEAD}{_TASKS}{name}:\n{_item(item)}"


def nested(task: str) -> str:
    """The same task in three others: in a Sequential, in an If, in a Parallel."""
    parallel = f"id: beside\ntype: io.kestra.plugin.core.flow.Parallel\ntasks:\n{_item(task)}"
    choice = f'id: choice\ntype: io.kestra.plugin.core.flow.If\ncondition: "{{{{ true }}}}"\nthen:\n{_item(parallel)}'
    return in_tasks(f"id: first\ntype: io.kestra.plugin.core.flow.Sequential\ntasks:\n{_item(choice)}")


def _item(text: str) -> str:
    return f"  - {textwrap.indent(text, '    ').lstrip(' ')}" + ("" if text.endswith("\n") else "\n")
