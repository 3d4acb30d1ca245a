"""What triggers that run a script have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.polled_trigger import EvaluationContext, PolledTrigger
from gitops.language.patterns import is_pattern, matches
from gitops.language.scalars import Duration, Templated, TemplatedStr, Text
from gitops.language.strictness import RENDERED
from gitops.tasks.scripts.script_task import IMAGE, ScriptTask

_EXIT = re.compile(r"exit\s+(\d+)", re.IGNORECASE)


class Watch(PolledTrigger):
    """Something that is run again and again; an execution is created when its end meets a condition.

    `TASK` is the task type that does the same once.
    """

    TASK: ClassVar[type[ScriptTask]]

    container_image: TemplatedStr | None = Field(None, description=IMAGE)
    exit_condition: TemplatedStr = Field(
        description="`exit N` compares the exit code, anything else is looked for in what the script handed on."
    )
    interval: Duration = Field(timedelta(seconds=60), description="How long to wait between two runs.")
    edge: Templated[bool] = Field(True, description="Fire only when the condition begins to hold.")

    def fires_on_change(self) -> bool:
        """`edge`."""
        return self.edge

    def evaluate(self, context: EvaluationContext) -> Mapping[str, object] | None:
        """Run once, as a process of this machine; its end decides, and a failure is an end like another."""
        own = {"id": self.id, "type": self.TASK.type_name(), "containerImage": self.container_image}
        task = self.TASK.model_validate({**own, **self.work()}, context={RENDERED: True})
        ended: Mapping[str, object]
        try:
            ended = task.run(context).model_dump(by_alias=True)
        except TaskFailed as failure:
            if "exitCode" not in failure.outputs:
                raise
            ended = failure.outputs
        found = {"exitCode": ended["exitCode"], "vars": ended.get("vars") or {}}
        if not self._meets(ended["exitCode"], found["vars"]):
            return None
        return {"timestamp": context.render("{{ now() }}"), "condition": self.exit_condition, **found}

    def work(self) -> Mapping[str, object]:
        """The properties of the task that say what to run."""
        raise NotImplementedError

    def _meets(self, code: object, variables: object) -> bool:
        condition = self.exit_condition.strip()
        wanted = _EXIT.fullmatch(condition)
        if wanted:
            return code == int(wanted[1])
        handed_on = json.dumps(variables)
        return _finds(condition, handed_on) if is_pattern(condition) else condition in handed_on


def _finds(pattern: str, text: str) -> bool:
    try:
        matches(f"(?s:.*)(?:{pattern})(?s:.*)", text)
    except ValueError:
        return False
    return True


class ScriptWatch(Watch):
    """A script that is run again and again."""

    script: TemplatedStr = Field(description="The script.")

    def work(self) -> Mapping[str, object]:
        """The script."""
        return {"script": self.script}


class CommandsWatch(Watch):
    """Commands that are run again and again."""

    commands: Templated[tuple[Text, ...]] = Field(description="The commands.")

    def work(self) -> Mapping[str, object]:
        """The commands."""
        return {"commands": self.commands}
