"""An expression reads an output that the task does not have.

## What it does

Finds `outputs.task.property` where the type of the task has no output of that name, at any depth that the type tells.
Tasks in loops and types whose outputs are not known are left alone.

## Why it matters

There is nothing to read, so the task fails when the text is rendered.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: Hello
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: "{{ outputs.greet.text }}"
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

from gitops.language.quoting import quote
from gitops.lint import words
from gitops.lint.expressions.outputs import unknown_step
from gitops.lint.expressions.references import root_is
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.standing import in_loop
from gitops.lint.subject import Subject


@rule(severity=Severity.WARNING, since="0.2", about=("{{ outputs",))
def unknown_output_property(subject: Subject) -> Iterator[Finding]:
    """Every step into the outputs of a task that leads nowhere."""
    tasks = {task.id: task for task in subject.outline.tasks if task.id and task.type}
    for use, reference in subject.reads:
        if not root_is(reference, "outputs") or reference.guarded or len(reference.steps) < 3:
            continue
        task = tasks.get(str(reference.steps[1]))
        if task is None or task.type is None or use.path[:1] == ("triggers",) or in_loop(subject, task.path):
            continue
        unknown = unknown_step(subject.kinds, task.type, reference.steps[2:])
        if unknown is None:
            continue
        name, place = str(reference.steps[unknown.at + 2]), reference.step_spans[unknown.at + 2]
        meant = words.closest(name, unknown.choices)
        edit = subject.edit(use.path, meant, key=use.key, within=place) if meant else None
        yield subject.finding(
            use.path,
            f"the task {quote(str(task.id))} has no output {quote(name)}",
            key=use.key,
            within=place,
            expected=words.one_of(unknown.choices),
            found=quote(name),
            help=words.did_you_mean(meant) or f"see the outputs of {quote(subject.kinds.today(task.type))}",
            related=subject.related((*task.path, "type"), "its type is here"),
            fix=Fix(f"write {quote(meant)}", (edit,)) if meant and edit else None,
        )
