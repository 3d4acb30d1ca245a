"""One run case as it is played: its executions by the names that the case has for them, and the time that is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from gitops.execution.state import Execution
from tests.kestra.case import CannotDoYet, Case
from tests.kestra.service import Service

SECONDS = 20.0
"""How long a case may take, besides the waits that it asks for."""

_NAME = re.compile(r"\$\{(?:(?P<kind>\w+):)?(?P<name>[^}]+?)\.id\}")


def _deadline(case: Case) -> float:
    waits = sum(action.get("seconds", 0) for action in case.get("actions") or [])
    return float(monotonic() + SECONDS + waits)


@dataclass(slots=True)
class Stage:
    """What is known while a case is played: `others` holds what actions started, by flow and by name."""

    case: Case
    service: Service
    since: datetime
    main: Execution | None = None
    others: dict[str, Execution] = field(default_factory=dict)
    deadline: float = 0

    def __post_init__(self) -> None:
        self.deadline = _deadline(self.case)

    def seconds_left(self) -> float:
        """How long the case may still take."""
        return max(self.deadline - monotonic(), 0)

    def execution(self, name: str | None) -> Execution:
        """An execution as it is now, by the name that the case has for it; the main one without a name."""
        found = self.main if name in (None, "main") else self.others.get(str(name).rpartition(":")[2])
        if found is None:
            raise CannotDoYet(f"there is no execution `{name or 'main'}`")
        return self.service.load(found.id)

    def at_end(self) -> Execution:
        """The main execution at its end; as it is, for a case that does not care how it ends."""
        if self.case.expect.get("state") or self.case.expect.get("terminated") or not self.case.get("actions"):
            return self.until(self.execution(None), lambda execution: execution.done, "done")
        return self.execution(None)

    def until(self, execution: Execution, holds: Callable[[Execution], bool], what: str) -> Execution:
        """The execution as soon as something holds for it; fails when the time is up."""

        def is_so() -> bool:
            now = self.service.load(execution.id)
            return holds(now) or now.done

        self.service.wait_until(is_so, self.deadline)
        now = self.service.load(execution.id)
        was_so = any(moment.state == what for moment in now.moments)
        assert holds(now) or was_so, f"expected that the execution of {now.flow_id} is {what}, but it is {now.state}"
        return now

    def created(self, flow_id: str, *, with_main: bool = False) -> list[Execution]:
        """The executions of a flow since the case began."""
        main = self.main.id if self.main else None
        found = self.service.created_since(self.since)
        return [each for each in found if each.flow_id == flow_id and (with_main or each.id != main)]

    def named(self, value: Any) -> Any:
        """The value with every `${…}` in its texts put in."""
        if isinstance(value, str):
            return _NAME.sub(self._id, value)
        if isinstance(value, list):
            return [self.named(item) for item in value]
        if isinstance(value, Mapping):
            return {key: self.named(item) for key, item in value.items()}
        return value

    def _id(self, found: re.Match[str]) -> str:
        kind, name = found["kind"], found["name"]
        if kind == "taskrun":
            return next(run.id for run in self.execution(None).in_order() if run.task_id == name)
        if kind == "taskrun_at":
            return self.execution(None).in_order()[int(name)].id
        if kind == "child":
            return self.created(name)[0].id
        return self.execution(None if name == "execution" else name).id
