"""The task cache: results are kept, and handed out when the same task is asked for the same things again.

What is the same: namespace, flow, task, type, and every property of the type as it is rendered. What every task has,
such as `retry` or `description`, says nothing about the work.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256

from gitops.engine import clock
from gitops.engine.attempts.context import AttemptContext
from gitops.errors import ExpressionError
from gitops.execution.rendering import raw_properties
from gitops.execution.runnable import Runnable
from gitops.execution.state import State
from gitops.language.scalars import Level
from gitops.language.task import Task, TaskCache
from gitops.store.kept_outputs import Kept

Outputs = dict[str, object]


def remembered(task: Runnable, context: AttemptContext, run: Callable[[], Outputs]) -> Outputs:
    """The outputs of a rendered task: kept ones when the task allows that and they are young enough, else new ones."""
    cache = task.task_cache
    if cache is None or not cache.enabled:
        return run()
    digest = _digest(task, context)
    kept = _find(cache, context, digest)
    if kept is not None:
        context.log(Level.INFO, f"Not run: the outputs of {kept.kept_at:%Y-%m-%dT%H:%M:%SZ} come from the task cache")
        return dict(kept.outputs)
    outputs = run()
    _keep(cache, context, digest, outputs)
    return outputs


def _find(cache: TaskCache, context: AttemptContext, digest: str) -> Kept | None:
    store = context.place.world.store
    with store.database.read() as connection:
        kept = store.kept_outputs.find(connection, digest)
    if kept is None or (cache.ttl is not None and kept.kept_at + cache.ttl <= clock.now()):
        return None
    return kept


def _keep(cache: TaskCache, context: AttemptContext, digest: str, outputs: Outputs) -> None:
    place, now = context.place, clock.now()
    result = Kept(
        digest=digest,
        namespace=place.namespace,
        flow_id=place.flow_id,
        task_id=context.task_run.task_id,
        state=State.SUCCESS,
        outputs=outputs,
        kept_at=now,
        expires_at=None if cache.ttl is None else now + cache.ttl,
    )
    store = place.world.store
    store.journal.write(lambda connection: store.kept_outputs.keep(connection, result))


def _digest(task: Runnable, context: AttemptContext) -> str:
    place = context.place
    asked = [place.namespace, place.flow_id, task.id, task.type, _properties(task, context)]
    return sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


def _properties(task: Runnable, context: AttemptContext) -> Outputs:
    """The properties of the type itself; what `run` renders is rendered here as far as that is possible by now."""
    own = type(task).model_fields.keys() - Task.model_fields.keys()
    found = task.model_dump(mode="json", include=set(own))
    raw = raw_properties(type(task))
    return {name: _rendered(value, context) if name in raw else value for name, value in found.items()}


def _rendered(value: object, context: AttemptContext) -> object:
    try:
        return context.render(value)
    except ExpressionError:
        return value
