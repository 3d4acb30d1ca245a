"""Where a task stands, and what its services are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gitops.execution.services.past_executions import Purge, Purged
from gitops.execution.state import Execution
from gitops.language.task import Kinds
from gitops.storage.storage import Storage
from gitops.store.store import Store


@dataclass(frozen=True, slots=True)
class World:
    """What all services share.

    `resume` lets a paused execution go on, with inputs; `purge` deletes executions that are done; `switch` turns a
    trigger on or off; `kinds` are the types.
    """

    store: Store
    storage: Storage
    resume: Callable[..., Execution]
    purge: Callable[[Sequence[str], Purge], Purged]
    switch: Callable[..., None]
    kinds: Kinds


@dataclass(frozen=True, slots=True)
class Place:
    """The execution whose tasks ask, in its world."""

    world: World
    namespace: str
    flow_id: str
    execution_id: str
