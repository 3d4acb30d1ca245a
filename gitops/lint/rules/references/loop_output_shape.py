"""The output of a task in a loop is read as if there were one.

## What it does

Finds `outputs.task.property` outside of the loop (ForEach, EachSequential, EachParallel) that `task` stands in, where
the outputs of a loop's tasks are kept by value: `outputs.task['a'].property`, and `outputs.task[taskrun.value]` inside.

## Why it matters

There is nothing under the property's name, so the task fails when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: [a, b]
    tasks:
      - id: one
        type: io.kestra.plugin.core.debug.Return
        format: Hello
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.one.value }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: [a, b]
    tasks:
      - id: one
        type: io.kestra.plugin.core.debug.Return
        format: Hello
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.one['a'].value }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.expressions.outputs import outputs_of
from gitops.lint.expressions.references import root_is
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.standing import loop_of
from gitops.lint.subject import Subject

_BY_VALUE = tuple(f"io.kestra.plugin.core.flow.{name}" for name in ("ForEach", "EachSequential", "EachParallel"))


@rule(severity=Severity.WARNING, since="0.2", about=_BY_VALUE)
def loop_output_shape(subject: Subject) -> Iterator[Finding]:
    """Every output of a task in a loop that is read by its own name alone."""
    tasks = {task.id: task for task in subject.outline.tasks if task.id and task.type}
    for use, reference in subject.reads:
        if not root_is(reference, "outputs") or reference.guarded or len(reference.steps) != 3:
            continue
        task, name = tasks.get(str(reference.steps[1])), reference.steps[2]
        loop = task and loop_of(subject, task.path, frozenset(_BY_VALUE))
        if task is None or task.type is None or loop is None or not isinstance(name, str):
            continue
        if name in (outputs_of(subject.kinds, task.type) or {}) and name not in _values(subject.at((*loop, "values"))):
            yield subject.finding(
                use.path,
                f"the task {quote(str(task.id))} has outputs for each value of its loop",
                key=use.key,
                within=reference.step_spans[2],
                expected=f"`outputs.{task.id}[value].{name}`",
                found=f"`outputs.{task.id}.{name}`",
                help="inside of the loop the value is `taskrun.value`",
                related=subject.related((*loop, "type"), "the loop is here"),
            )


def _values(values: object) -> tuple[object, ...]:
    """The values of a loop, where they are written down."""
    return tuple(values) if isinstance(values, list) else ()
