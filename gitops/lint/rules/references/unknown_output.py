"""An expression reads the output of a task that is not there.

## What it does

Finds `outputs.x` where the flow has no task `x`, in whatever branch. Flows that take tasks from templates, and
references that are guarded by `??`, `default` or `is defined`, are left alone.

## Why it matters

The task fails when the text is rendered. It is mostly a task that was renamed, or a slip.

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
    message: "{{ outputs.gret.value }}"
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
from gitops.lint.expressions.dashes import is_dashed
from gitops.lint.expressions.references import Reference, root_is
from gitops.lint.expressions.uses import Use
from gitops.lint.finding import Finding, Fix, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_TEMPLATE = "io.kestra.plugin.core.flow.Template"
_OF_OTHERS = ("triggers",)
"""Where `outputs` are those of another execution."""


@rule(severity=Severity.WARNING, since="0.2", about=("{{ outputs",))
def unknown_output(subject: Subject) -> Iterator[Finding]:
    """Every output of a task that there is not."""
    known = {task.id: None for task in subject.outline.tasks if task.id}
    if any(task.type and subject.kinds.today(task.type) == _TEMPLATE for task in subject.outline.tasks):
        return
    for use, reference in subject.reads:
        if root_is(reference, "outputs") and not reference.guarded and use.path[:1] != _OF_OTHERS:
            name = reference.steps[1] if len(reference.steps) > 1 else None
            if isinstance(name, str) and name not in known and not is_dashed(use.text, reference.step_spans[1], known):
                yield _finding(subject, use, reference, name, tuple(known))


def _finding(subject: Subject, use: Use, reference: Reference, name: str, known: tuple[str, ...]) -> Finding:
    meant, place = words.closest(name, known), reference.step_spans[1]
    bare = use.text[place.start : place.end] == name
    edit = subject.edit(use.path, meant, key=use.key, within=place) if meant and bare and "-" not in meant else None
    return subject.finding(
        use.path,
        f"there is no task {quote(name)}",
        key=use.key,
        within=place,
        expected=words.one_of(known) if known else "a task of the flow",
        found=quote(name),
        help=words.did_you_mean(meant) or "add the task, or read the output of one that is there",
        fix=Fix(f"write {quote(str(meant))}", (edit,)) if edit else None,
    )
