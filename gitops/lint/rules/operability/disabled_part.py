"""A task or trigger is switched off.

## What it does

Finds tasks and triggers with `disabled: true`.

## Why it matters

What is off is forgotten, and rots. Git remembers what was deleted.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
    disabled: true
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.INFO, since="0.2", profile=Profile.STRICT, about=("disabled",))
def disabled_part(subject: Subject) -> Iterator[Finding]:
    """Every part that is switched off."""
    parts = [(task.path, task.id) for task in subject.outline.tasks]
    parts += [(trigger.path, trigger.id) for trigger in subject.outline.triggers]
    for path, name in parts:
        if subject.at((*path, "disabled")) is True:
            yield subject.finding(
                (*path, "disabled"),
                f"{quote(str(name))} is switched off",
                key=True,
                help="delete it, or switch it on",
            )
