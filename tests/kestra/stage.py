"""One run case as it is played: its executions by the names that the case has for them, and the time that is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from gitops.errors import NotFound
from gitops.execution.state import Execution
from tests.kestra.case import CannotDoYet, Case
from tests.kestra.internet import brought_home
from tests.kestra.service import Service

SECONDS = 20.0
"""How long a case may take, besides the waits that it asks for."""

_NAME = re.compile(r"\$\{(?:(?P<kind>\w+):)?(?P<name>[^}]+?)\.id\}")


@dataclass(slots=True)
class Stage:
    """What is known while a case is played.

    `others` holds what actions started, by flow and by name. `before` is the execution that the last action was done
    to, as it was before. `seen` counts the moments of an execution that lie before the last action on it. `revisions`
    are the numbers that the service gave to the revisions of each flow. `status` is that of the last answer.
    `internet` is the address of what stands in for it, for a case that needs it.
    """

    case: Case
    service: Service
    since: datetime
    internet: str | None = None
    main: Execution | None = None
    before: Execution | None = None
    others: dict[str, Execution] = field(default_factory=dict)
    gone: dict[str, Execution] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    revisions: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    deadline: float = 0
    status: int | None = None

    def __post_init__(self) -> None:
        waits = [action.get(name, 0) for action in self.case.get("actions") or [] for name in _WAITS]
        self.deadline = monotonic() + SECONDS + sum(waits)

    def seconds_left(self) -> float:
        """How long the case may still take."""
        return max(self.deadline - monotonic(), 0)

    def deploy(self, source: str) -> tuple[str, str]:
        """Deploy a flow; returns its namespace and its id."""
        added = self.service.deploy(brought_home(source, self.internet) if self.internet else source)
        key = added.namespace, added.flow_id
        self.revisions.setdefault(key, []).append(added.revision)
        return key

    def revision(self, execution: Execution, number: int | None) -> int | None:
        """The revision that the case calls by a number; the service may have had others of the flow before."""
        if number is None:
            return None
        return self.revisions[execution.namespace, execution.flow_id][number - 1]

    def execution(self, name: str | None) -> Execution:
        """An execution as it is now, by the name that the case has for it; the main one without a name."""
        found = self.main if name in (None, "main") else self.others.get(str(name).rpartition(":")[2])
        if found is None:
            raise CannotDoYet(f"there is no execution `{name or 'main'}`")
        return self.now(found)

    def now(self, execution: Execution) -> Execution:
        """The execution as it is now; as it was at last, when it was deleted."""
        try:
            return self.service.load(execution.id)
        except NotFound:
            if execution.id not in self.gone:
                raise
            return self.gone[execution.id]

    def at_end(self) -> Execution:
        """The main execution at its end; as it is, for a case that does not care how it ends."""
        expect = self.case.expect
        if self.main is not None and self.main.id in self.gone:
            return self.gone[self.main.id]
        if expect.get("state") or expect.get("terminated") or not self.case.get("actions"):
            return self.until(self.execution(None), lambda execution: execution.done, "done")
        return self.execution(None)

    def until(
        self, execution: Execution, holds: Callable[[Execution], bool], what: str, seconds: float | None = None
    ) -> Execution:
        """The execution as soon as something holds for it, or it passed the state; fails when the time is up."""
        seen = self.seen.get(execution.id, 0)

        def is_so(now: Execution) -> bool:
            return holds(now) or any(moment.state == what for moment in now.moments[seen:])

        deadline = self.deadline if seconds is None else min(self.deadline, monotonic() + seconds)
        self.service.wait_until(lambda: is_so(now := self.now(execution)) or now.done, deadline)
        now = self.now(execution)
        assert is_so(now), f"expected that the execution of {now.flow_id} is {what}, but it is {now.state}"
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


_WAITS = ("seconds", "within_seconds")
