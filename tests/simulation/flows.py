"""Random flows: every flowable, retries, timeouts, endings, limits, and flows that call each other."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Plain = dict[str, Any]

NAMESPACE = "simulated"
_CORE = "io.kestra.plugin.core."
_ENDS = ["SUCCESS", "WARNING", "KILLED", "FAILED", "CANCELLED"]


def random_flows(dice: Random) -> list[Plain]:
    """One to three flows; later ones may call earlier ones."""
    flows: list[Plain] = []
    for _ in range(dice.randint(1, 3)):
        flows.append(_FlowMaker(dice, [flow["id"] for flow in flows]).flow(f"flow{len(flows)}"))
    return flows


class _FlowMaker:
    def __init__(self, dice: Random, callable_: list[str]) -> None:
        self._dice = dice
        self._callable = callable_
        self._count = 0
        self._works: list[str] = []
        self._depth = dice.randint(0, 3)
        self._left = dice.randint(2, 14)

    def flow(self, flow_id: str) -> Plain:
        """A flow with everything that flows may have."""
        made: Plain = {"id": flow_id, "namespace": NAMESPACE, "tasks": self._tasks(self._depth, 1, 4)}
        self._maybe(made, 0.25, "errors", lambda: self._tasks(1, 1, 2))
        self._maybe(made, 0.25, "finally", lambda: self._tasks(1, 1, 2))
        self._maybe(made, 0.2, "afterExecution", lambda: self._tasks(1, 1, 2))
        self._maybe(made, 0.2, "retry", self._retry)
        self._maybe(made, 0.2, "sla", self._agreements)
        self._maybe(made, 0.3, "concurrency", self._limit)
        self._maybe(made, 0.3, "outputs", self._outputs)
        return made

    def _limit(self) -> Plain:
        return {
            "limit": self._dice.randint(1, 2),
            "behavior": self._dice.choice(["QUEUE", "QUEUE", "QUEUE", "CANCEL", "FAIL"]),
        }

    def _agreements(self) -> list[Plain]:
        behavior = self._dice.choice(["FAIL", "CANCEL", "NONE"])
        if self._chance(0.7):
            return [{"id": "quick", "type": "MAX_DURATION", "duration": "PT5M", "behavior": behavior}]
        wanted = self._reference("lucky", "true")
        return [{"id": "lucky", "type": "EXECUTION_ASSERTION", "assert": wanted, "behavior": behavior}]

    def _outputs(self) -> list[Plain]:
        return [{"id": "number", "type": "INT", "value": self._reference("number", "0")}]

    def _retry(self) -> Plain:
        kind = self._dice.choice(["constant", "exponential", "random"])
        waits: Plain = {
            "constant": {"interval": "PT20S"},
            "exponential": {"interval": "PT5S", "maxInterval": "PT1M"},
            "random": {"minInterval": "PT1S", "maxInterval": "PT30S"},
        }[kind]
        made = {"type": kind, "maxAttempts": self._dice.randint(1, 3), **waits}
        self._maybe(made, 0.2, "warningOnRetry", lambda: True)
        self._maybe(made, 0.15, "behavior", lambda: "CREATE_NEW_EXECUTION")
        return made

    def _tasks(self, depth: int, least: int, most: int) -> list[Plain]:
        return [self._task(depth) for _ in range(self._dice.randint(least, most))]

    def _task(self, depth: int) -> Plain:
        self._count += 1
        self._left -= 1
        made: Plain = {"id": f"t{self._count}"}
        if depth > 0 and self._left > 0 and self._chance(0.6):
            made |= self._dice.choice(self._flowables())(depth - 1)
        else:
            made |= self._leaf(made["id"])
        self._maybe(made, 0.1, "allowFailure", lambda: True)
        self._maybe(made, 0.1, "allowWarning", lambda: True)
        self._maybe(made, 0.05, "disabled", lambda: True)
        self._maybe(made, 0.1, "runIf", self._condition)
        self._maybe(made, 0.2, "retry", self._retry)
        return made

    def _leaf(self, task_id: str) -> Plain:
        if self._callable and self._chance(0.2):
            return self._subflow()
        if self._chance(0.25):
            return self._quick()
        self._works.append(task_id)
        return {"type": "work", **({"timeout": "PT1M"} if self._chance(0.2) else {})}

    def _quick(self) -> Plain:
        kinds: list[Plain] = [
            {"type": _CORE + "log.Log", "message": self._reference("number", "'hello'")},
            {"type": _CORE + "debug.Return", "format": "{{ taskrun.id }}"},
            {"type": _CORE + "execution.Fail", "condition": self._condition()},
            {"type": _CORE + "execution.Labels", "labels": {"seen": "yes"}},
            {"type": _CORE + "execution.SetVariables", "variables": {"seen": True}, "overwrite": True},
            {"type": _CORE + "execution.Exit", "state": self._dice.choice(_ENDS)},
            {"type": _CORE + "execution.Kill"},
        ]
        return self._dice.choice(kinds if self._chance(0.3) else kinds[:5])

    def _subflow(self) -> Plain:
        made: Plain = {
            "type": _CORE + "flow.Subflow",
            "namespace": NAMESPACE,
            "flowId": self._dice.choice(self._callable),
        }
        self._maybe(made, 0.25, "wait", lambda: False)
        self._maybe(made, 0.25, "transmitFailed", lambda: False)
        self._maybe(made, 0.25, "restartBehavior", lambda: "NEW_EXECUTION")
        self._maybe(made, 0.15, "scheduleDate", lambda: "2026-01-01T00:05:00Z")
        return made

    def _flowables(self) -> list[Callable[[int], Plain]]:
        makers = [self._row, self._parallel, self._dag, self._if, self._switch, self._for_each, self._loop]
        return [*makers, self._loop_until, self._pause, self._approval, self._folder]

    def _row(self, depth: int) -> Plain:
        kind = self._dice.choice(["Sequential", "AllowFailure"])
        return self._ended({"type": _CORE + "flow." + kind, "tasks": self._tasks(depth, 1, 3)})

    def _parallel(self, depth: int) -> Plain:
        limit = self._dice.choice([0, 1, 2])
        return self._ended({"type": _CORE + "flow.Parallel", "concurrent": limit, "tasks": self._tasks(depth, 1, 4)})

    def _dag(self, depth: int) -> Plain:
        tasks = self._tasks(depth, 1, 4)
        items = [
            {"task": task, "dependsOn": [other["id"] for other in tasks[:index] if self._chance(0.4)]}
            for index, task in enumerate(tasks)
        ]
        return self._ended({"type": _CORE + "flow.Dag", "concurrent": self._dice.choice([0, 0, 1, 2]), "tasks": items})

    def _if(self, depth: int) -> Plain:
        made = {"type": _CORE + "flow.If", "condition": self._condition(), "then": self._tasks(depth, 1, 2)}
        self._maybe(made, 0.5, "else", lambda: self._tasks(depth, 1, 2))
        return self._ended(made)

    def _switch(self, depth: int) -> Plain:
        made: Plain = {"type": _CORE + "flow.Switch", "value": self._reference("lucky", "'true'")}
        made["cases"] = {value: self._tasks(depth, 1, 2) for value in ("true", "false")[: self._dice.randint(1, 2)]}
        self._maybe(made, 0.5, "defaults", lambda: self._tasks(depth, 1, 2))
        return self._ended(made)

    def _for_each(self, depth: int) -> Plain:
        return self._ended({"type": _CORE + "flow.ForEach", **self._values(), "tasks": self._tasks(depth, 1, 2)})

    def _loop(self, depth: int) -> Plain:
        made: Plain = {"type": _CORE + "flow.Loop", **self._values(), "tasks": self._tasks(depth, 1, 2)}
        self._maybe(made, 0.3, "transmitFailed", lambda: False)
        self._maybe(made, 0.3, "breakWhen", self._condition)
        self._maybe(made, 0.3, "outputs", lambda: [{"id": "value", "type": "STRING", "value": "{{ item.value }}"}])
        return self._ended(made)

    def _values(self) -> Plain:
        values = [f"v{number}" for number in range(self._dice.randint(0, 4))]
        return {"values": values, "concurrencyLimit": self._dice.choice([0, 1, 1, 2])}

    def _loop_until(self, depth: int) -> Plain:
        frequency = {"interval": self._dice.choice(["PT0S", "PT10S"]), "maxIterations": self._dice.randint(1, 3)}
        tasks = self._tasks(depth, 1, 2)
        made: Plain = {"type": _CORE + "flow.LoopUntil", "checkFrequency": frequency, "tasks": tasks}
        made["condition"] = self._condition()
        self._maybe(made, 0.3, "failOnMaxReached", lambda: True)
        return self._ended(made)

    def _pause(self, depth: int) -> Plain:
        made: Plain = {"type": _CORE + "flow.Pause"}
        self._maybe(made, 0.6, "pauseDuration", lambda: self._dice.choice(["PT0S", "PT30S", "PT10M"]))
        self._maybe(made, 0.6, "behavior", lambda: self._dice.choice(["RESUME", "WARN", "CANCEL", "FAIL"]))
        self._maybe(made, 0.2, "timeout", lambda: "PT2M")
        self._maybe(made, 0.3, "onPause", lambda: self._task(0))
        self._maybe(made, 0.3, "tasks", lambda: self._tasks(depth, 1, 2))
        return self._ended(made)

    def _approval(self, depth: int) -> Plain:
        behaviors = ["CONTINUE", "WARN", "FAIL", "SUCCEED", "CANCEL", "KILL"]
        made: Plain = {"type": _CORE + "flow.Approval"}
        self._maybe(made, 0.6, "timeout", lambda: self._dice.choice(["PT30S", "PT10M"]))
        self._maybe(made, 0.2, "autoApprove", lambda: True)
        for when in ("approve", "deny", "expire"):
            self._maybe(made, 0.6, when + "Behavior", lambda: self._dice.choice(behaviors))
        for when in ("onWait", "onApprove", "onDeny"):
            self._maybe(made, 0.4, when, lambda: self._tasks(depth, 1, 2))
        return self._ended(made)

    def _folder(self, _depth: int) -> Plain:
        self._works.extend(names := [f"t{self._count}w{number}" for number in range(self._dice.randint(1, 3))])
        tasks: list[Plain] = [{"id": name, "type": "work"} for name in names]
        for task in tasks:
            self._maybe(task, 0.25, "retry", self._retry)
            self._maybe(task, 0.2, "timeout", lambda: "PT1M")
            self._maybe(task, 0.1, "allowFailure", lambda: True)
        made: Plain = {"type": _CORE + "flow.WorkingDirectory", "tasks": tasks}
        self._maybe(made, 0.2, "timeout", lambda: "PT3M")
        return self._ended(made)

    def _ended(self, made: Plain) -> Plain:
        """With what runs after the children."""
        self._maybe(made, 0.15, "errors", lambda: self._tasks(0, 1, 2))
        self._maybe(made, 0.15, "finally", lambda: self._tasks(0, 1, 2))
        return made

    def _condition(self) -> str:
        return self._dice.choice(["true", "true", "false", "{{ nothing.like.that }}", self._reference("lucky", "true")])

    def _reference(self, name: str, otherwise: str) -> str:
        """The output of a task that may have run."""
        if not self._works:
            return "{{ " + otherwise + " }}"
        return "{{ outputs." + self._dice.choice(self._works) + "." + name + " ?? " + otherwise + " }}"

    def _maybe(self, made: Plain, chance: float, key: str, value: Callable[[], Any]) -> None:
        if self._chance(chance):
            made[key] = value()

    def _chance(self, chance: float) -> bool:
        return self._dice.random() < chance
