"""Two triggers share an id.

## What it does

Finds two triggers of one flow that share an id.

## Why it matters

What is known about a trigger, such as its next date, is stored under its id; the two would overwrite each other.

## Example

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 20 * * *
```

## Use instead

```yaml
id: hello
namespace: company.team
tasks:
  - id: greet
    type: io.kestra.plugin.core.log.Log
    message: Hello
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 8 * * *
  - id: evening
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 20 * * *
```
"""

from __future__ import annotations

from collections.abc import Iterator

from gitops.language.quoting import quote
from gitops.lint.duplicates import repeated
from gitops.lint.finding import Finding, Severity
from gitops.lint.rule import rule
from gitops.lint.rule_entry import Profile
from gitops.lint.subject import Subject


@rule(severity=Severity.ERROR, since="0.1", profile=Profile.MINIMAL, about=("triggers",))
def duplicate_trigger_id(subject: Subject) -> Iterator[Finding]:
    """The second trigger and every later one with the same id."""
    for trigger, first in repeated(subject.outline.triggers):
        yield subject.finding(
            (*trigger.path, "id"),
            f"trigger id {quote(trigger.id or '')} is already used",
            help="give every trigger of the flow an id of its own",
            related=subject.related((*first.path, "id"), "first used here"),
        )
