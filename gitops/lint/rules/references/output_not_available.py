"""An expression reads the output of a task that has not run yet.

## What it does

Finds references to a task that runs later, at the same time (in a Parallel), in another branch, or that is the task
itself. Tasks of a Dag and of loops are left alone, because their order is their own.

## Why it matters

There is nothing to read yet, so the task fails when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.greet.value }}"
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: Hello
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: Hello
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.greet.value }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.outline import TaskOutline
from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.expressions.references import root_is
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.standing import Standing, standing
from gitops.lint.subject import Subject

_WRONG = (Standing.SELF, Standing.LATER, Standing.BESIDE, Standing.OTHER_BRANCH)
_RENDERED_AFTER = frozenset(("taskCache", "assets", "condition"))
"""Properties of a task that are rendered when it has outputs already."""


@rule(severity=Severity.WARNING, since="0.2", about=("{{ outputs",))
def output_not_available(subject: Subject) -> Iterator[Finding]:
    """Every output that cannot be there when it is read."""
    tasks = {task.id: task for task in subject.outline.tasks if task.id}
    for use, reference in subject.reads:
        steps = reference.steps
        if not root_is(reference, "outputs") or reference.guarded or len(steps) < 2 or use.path[:1] == ("triggers",):
            continue
        task = tasks.get(str(steps[1]))
        found = standing(subject, task, use.path) if task else Standing.UNKNOWN
        if task and found is Standing.SELF and _may_be_after(subject, task, use.path):
            continue
        if task and found in _WRONG:
            yield subject.finding(
                use.path,
                f"the task {quote(str(steps[1]))} {found.value}",
                key=use.key,
                within=reference.step_spans[1],
                expected="a task that has run before",
                help="move the task before this one, or guard the reference with `??`",
                related=subject.related((*task.path, "id"), "the task is here"),
            )


def _may_be_after(subject: Subject, task: TaskOutline, place: Path) -> bool:
    """Whether a place in a task is rendered when the task may have outputs: in its own tasks, or after its work."""
    inner = any(other.path != task.path and place[: len(other.path)] == other.path for other in _inside(subject, task))
    return inner or not _RENDERED_AFTER.isdisjoint(place[len(task.path) :])


def _inside(subject: Subject, task: TaskOutline) -> Iterator[TaskOutline]:
    return (other for other in subject.outline.tasks if other.path[: len(task.path)] == task.path)
