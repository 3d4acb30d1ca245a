"""Run each task when the tasks that it depends on have ended.

## Example
    id: breakfast
    namespace: company.team
    tasks:
      - id: kitchen
        type: io.kestra.plugin.core.flow.Dag
        tasks:
          - task:
              id: water
              type: io.kestra.plugin.core.log.Log
              message: boil the water
          - task:
              id: bread
              type: io.kestra.plugin.core.log.Log
              message: slice the bread
          - task:
              id: table
              type: io.kestra.plugin.core.log.Log
              message: serve
            dependsOn:
              - water
              - bread
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from gitops.execution.flowable import Child, Family, Flowable, Next
from gitops.execution.state import Branch, TaskRun
from gitops.language.model import Model
from gitops.language.task import AnyTask, Task
from gitops.tasks.flow.endings import Endings


class DagTask(Model):
    """A task, and what must have ended before it."""

    task: AnyTask = Field(description="The task.")
    depends_on: tuple[str, ...] = Field((), description="Ids of other tasks of this Dag that come first.")


_DagTasks = tuple[DagTask, ...]


def _not_empty(tasks: _DagTasks) -> _DagTasks:
    if not tasks:
        raise ValueError("expected at least one task, found none")
    return tasks


def _known(tasks: _DagTasks) -> _DagTasks:
    ids = {item.task.id for item in tasks}
    for item in tasks:
        for other in item.depends_on:
            if other not in ids:
                raise ValueError(f"`{item.task.id}` depends on `{other}`, which is no task of this Dag")
    return tasks


def _acyclic(tasks: _DagTasks) -> _DagTasks:
    try:
        TopologicalSorter({item.task.id: item.depends_on for item in tasks}).prepare()
    except CycleError as error:
        circle = ", ".join(f"`{task_id}`" for task_id in error.args[1])
        raise ValueError(f"expected tasks that do not depend on each other in a circle, found {circle}") from None
    return tasks


class Dag(Endings, Flowable):
    """Run each child as soon as the children that it depends on have ended."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.Dag",)

    type: Literal["io.kestra.plugin.core.flow.Dag"]
    concurrent: int = Field(0, ge=0, description="How many children may run at once; 0 is no limit.")
    tasks: Annotated[_DagTasks, AfterValidator(_not_empty), AfterValidator(_known), AfterValidator(_acyclic)] = Field(
        description="The children with their dependencies.", json_schema_extra={"minItems": 1}
    )

    def branch(self, branch: Branch) -> Sequence[Task]:
        """See Flowable."""
        return [item.task for item in self.tasks] if branch is Branch.TASKS else self.ending(branch)

    def next(self, family: Family) -> Next:
        """The children whose dependencies have ended, as many as there is room for."""
        ready = list(self._ready(family))
        room = max(self.concurrent - family.children.live, 0) if self.concurrent else len(ready)
        begun = tuple(map(Child, ready[:room]))
        return Next(create=begun, complete=not ready)

    def follows(self, earlier: TaskRun, later: TaskRun) -> bool:
        """Whether `later` depends on `earlier`, through any number of others."""
        wanted, seen = [later.task_id], set[str]()
        while wanted:
            task_id = wanted.pop()
            if task_id not in seen:
                seen.add(task_id)
                wanted.extend(self._dependencies(task_id))
        return earlier.task_id in seen - {later.task_id}

    def _ready(self, family: Family) -> Iterator[Task]:
        off = {item.task.id for item in self.tasks if item.task.disabled}
        for item in self.tasks:
            if item.task.id in off or family.child(item.task.id) is not None:
                continue
            before = [family.child(task_id) for task_id in item.depends_on if task_id not in off]
            if all(run is not None and run.state.ended for run in before):
                yield item.task

    def _dependencies(self, task_id: str) -> Sequence[str]:
        return next((item.depends_on for item in self.tasks if item.task.id == task_id), ())
