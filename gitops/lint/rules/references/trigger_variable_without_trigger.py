"""A trigger's variable is read in a flow that has no trigger.

## What it does

Finds `trigger.x` and `schedule.x` in flows without triggers, where no reference says what holds without one.

## Why it matters

There is no trigger that could give the variable a value, so the task fails.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.date }}"
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: "{{ trigger.date ?? now() }}"
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.subject import Subject

_ROOTS = ("trigger", "schedule")


@rule(severity=Severity.WARNING, since="0.2", about=("{{ trigger", "{{ schedule"))
def trigger_variable_without_trigger(subject: Subject) -> Iterator[Finding]:
    """Every variable of a trigger in a flow without any."""
    if subject.whole.get("triggers"):
        return
    for use, reference in subject.reads:
        if reference.steps[0] in _ROOTS and not (reference.local or reference.guarded):
            yield subject.finding(
                use.path,
                f"the flow has no trigger, so there is no {quote(str(reference.steps[0]))}",
                key=use.key,
                within=reference.span,
                expected="a trigger, or `??`",
                help="add the trigger, or say with `??` what holds without one",
            )
