"""The trigger type McpToolTrigger: a name that tools may have, and what assistants are told."""

from __future__ import annotations

from typing import cast

import pytest

from gitops.language.unavailable import unavailable
from gitops.triggers.mcp_tool_trigger import McpToolTrigger
from tests.triggers.one_trigger import findings, read_trigger, refusal


def test_a_tool_has_a_name_and_a_description() -> None:
    trigger = cast("McpToolTrigger", read_trigger("McpToolTrigger", toolName="find.order-1", toolDescription="Finds."))
    hints = trigger.annotations
    assert (trigger.mcp_server, hints.read_only, hints.open_world, hints.destructive) == ("default", False, True, True)
    assert [item.words for item in unavailable(trigger)] == ["the type `io.kestra.plugin.core.trigger.McpToolTrigger`"]


@pytest.mark.parametrize("name", ["", "-a", "a-", "a b", "a" * 65])
def test_other_names_are_refused(name: str) -> None:
    assert refusal("McpToolTrigger", toolName=name, toolDescription="d").startswith("toolName: ")
    assert findings("McpToolTrigger", toolName=name, toolDescription="d") != []


@pytest.mark.parametrize("name", ["a", "a_b.c-d", "9", "a" * 64])
def test_names_of_letters_digits_and_marks_are_accepted(name: str) -> None:
    assert cast("McpToolTrigger", read_trigger("McpToolTrigger", toolName=name, toolDescription="d")).tool_name == name


def test_a_description_is_needed_and_other_hints_are_refused() -> None:
    assert refusal("McpToolTrigger", toolName="a") == "toolDescription: Field required"
    assert refusal("McpToolTrigger", toolName="a", toolDescription="d", annotations={"safe": True}) == (
        "annotations.safe: Extra inputs are not permitted"
    )
