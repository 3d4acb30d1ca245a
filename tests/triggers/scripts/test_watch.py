"""The triggers that run a script again and again: how they are written, and what they make of an end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gitops.language.unavailable import unavailable
from gitops.triggers.scripts.watch import CommandsWatch, ScriptWatch
from tests.triggers.one_trigger import findings, read_trigger, refusal

LANGUAGES = ["go", "node", "python", "ruby", "shell"]
PACKAGE = "io.kestra.plugin.scripts."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_script_is_watched(language: str) -> None:
    trigger = read_trigger(f"{PACKAGE}{language}.ScriptTrigger", script="text", exitCondition="exit 1")
    assert isinstance(trigger, ScriptWatch)
    assert (trigger.script, trigger.exit_condition) == ("text", "exit 1")
    assert (trigger.interval, trigger.edge) == (timedelta(minutes=1), True)
    assert list(unavailable(trigger)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_commands_are_watched(language: str) -> None:
    trigger = read_trigger(
        f"{PACKAGE}{language}.CommandsTrigger",
        commands=["one", "two"],
        exitCondition="{{ vars.condition }}",
        containerImage="image:1",
        interval="PT10S",
        edge=False,
    )
    assert isinstance(trigger, CommandsWatch)
    assert (trigger.commands, trigger.container_image) == (("one", "two"), "image:1")
    assert (trigger.interval, trigger.edge) == (timedelta(seconds=10), False)


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        ("ScriptTrigger", {"exitCondition": "exit 1"}, "script: Field required"),
        ("ScriptTrigger", {"script": "s"}, "exitCondition: Field required"),
        ("CommandsTrigger", {"exitCondition": "exit 1"}, "commands: Field required"),
        (
            "CommandsTrigger",
            {"exitCondition": "exit 1", "commands": "echo"},
            "commands: Input should be a valid tuple",
        ),
        (
            "ScriptTrigger",
            {"exitCondition": "e", "script": "s", "interval": "1m"},
            "interval: Value error, expected an ISO-8601 duration",
        ),
        (
            "ScriptTrigger",
            {"exitCondition": "e", "script": "s", "env": {"A": "b"}},
            "env: Extra inputs are not permitted",
        ),
    ],
    ids=str,
)
def test_refused(kind: str, properties: dict[str, object], words: str) -> None:
    assert refusal(f"{PACKAGE}shell.{kind}", **properties).startswith(words)


def test_the_linter_objects_to_what_the_model_refuses() -> None:
    assert findings(f"{PACKAGE}shell.ScriptTrigger", script="s", exitCondition="exit 1") == []
    told = findings(f"{PACKAGE}shell.ScriptTrigger", script="s")
    assert [line.partition(":")[0] for line in told] == ["missing-property"]
