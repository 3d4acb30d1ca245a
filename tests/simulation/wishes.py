"""What operators may want at any moment, sensible or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from gitops.engine.engine import Engine
from gitops.execution.state import ENDED, Execution, State
from tests.simulation.clockwork import Clock
from tests.simulation.flows import NAMESPACE
from tests.simulation.watch import Watch

Wish = Callable[[], object]

_ENDED = sorted(ENDED - {State.RETRIED, State.SKIPPED})


class Wishes:
    """Draws what is wanted of the executions that are known."""

    def __init__(self, dice: Random, clock: Clock, watch: Watch, flow_ids: list[str]) -> None:
        self._dice = dice
        self._clock = clock
        self._watch = watch
        self._flow_ids = flow_ids

    def new_execution(self, engine: Engine) -> tuple[str, Wish]:
        """Run one of the flows, now or later."""
        flow_id = self._dice.choice(self._flow_ids)
        date = self._clock.now + timedelta(minutes=2) if self._dice.random() < 0.1 else None
        return f"create {flow_id} {date or ''}", lambda: engine.create(NAMESPACE, flow_id, schedule_date=date)

    def draw(self, engine: Engine) -> tuple[str, Wish] | None:
        """Something to do to a random execution; None when there is none."""
        if not self._watch.known:
            return None
        execution = self._dice.choice(list(self._watch.known.values()))
        name, wish = self._dice.choice(self._wishes(engine, execution))
        return f"{name} {execution.id} ({execution.state})", wish

    def _wishes(self, engine: Engine, execution: Execution) -> list[tuple[str, Wish]]:
        operations, id_ = engine.operations, execution.id
        state = self._dice.choice(_ENDED)
        runs = [run.id for run in execution.in_order()]
        run_id = self._dice.choice(runs) if runs else "none"
        cascade = self._dice.random() < 0.7
        return [
            ("pause", lambda: operations.pause(id_)),
            ("resume", lambda: operations.resume(id_, by="somebody")),
            ("resume", lambda: operations.resume(id_)),
            ("deny", lambda: operations.resume(id_, decision="DENIED")),
            ("resume one", lambda: operations.resume(id_, task_run_id=run_id)),
            (f"kill {cascade=}", lambda: operations.kill(id_, cascade=cascade)),
            ("restart", lambda: operations.restart(id_)),
            ("restart", lambda: operations.restart(id_)),
            ("replay", lambda: operations.replay(id_)),
            (f"replay {run_id}", lambda: operations.replay(id_, task_run_id=run_id)),
            (f"mark {run_id} {state}", lambda: operations.mark(id_, run_id, state)),
            (f"change to {state}", lambda: operations.change_state(id_, state)),
            ("force", lambda: operations.force_run(id_)),
            ("unqueue", lambda: self._unqueue(engine, id_)),
            ("label", lambda: operations.set_labels(id_, [("touched", "yes")])),
        ]

    def _unqueue(self, engine: Engine, execution_id: str) -> object:
        self._watch.let_in.add(execution_id)
        return engine.operations.unqueue(execution_id)
